// Every state of the page, in every language, against the rules of axe in both colour schemes. What is said in a state has journeys of its own:
// here only what is the same in every language is looked for, so that one list does for all.
import type { Locator, Page, Route } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { Calculator, ENGLISH } from "./calculator";
import { expect, test } from "./fixtures";

const shown = (part: (page: Page) => Locator) => (page: Page) => expect(part(page).first()).toBeVisible();

const answered = shown((page) => page.locator(".number"));
const chosenFrom = shown((page) => page.locator(".choose a"));
const told = shown((page) => page.getByRole("alert"));
/** The tariff, with its rates. */
const browsed = shown((page) => page.locator("#answer .term"));

/** Clicks, and waits for what that shows. */
const clicked = (what: string, then: (page: Page) => Promise<void>) => async (page: Page) => {
  await page.locator(what).first().click();
  await then(page);
};

const unfolded = (page: Page) => new Calculator(page, ENGLISH).openAllFolds();

const typed = (text: string, then: string) => async (page: Page) => {
  await page.locator("#product").click();
  await page.locator("#product").fill(text);
  await new Calculator(page, ENGLISH).settled();
  await expect(page.locator(then).first()).toBeVisible();
  await page.locator("#product").press("ArrowDown");
};

/** A state: its name, its address but for the language, and how it is reached. */
type State = [name: string, address: string, reach: (page: Page) => Promise<void>];

const STATES: State[] = [
  ["nothing asked yet", "?", (page) => expect(page.locator(".examples a").last()).toContainText(" · ")],
  ["the list of products", "?", typed("081", "#offers li")],
  ["a list that found nothing", "?", typed("qqqqxzzz", ".offers p")],
  ["an answer with all details open", "?from=KH&hs=0904110090", unfolded],
  ["an explanation", "?hs=081060", clicked(".hero .term", shown((page) => page.getByRole("note")))],
  ["a choice of lines", "?from=VN&hs=100630", chosenFrom],
  ["several codes", "?hs=081060,081090", chosenFrom],
  ["a chosen line without a gain", "?from=VN&hs=1006302001", shown((page) => page.locator(".chosen a"))],
  ["a quantity asked for", "?from=TH&hs=400122", unfolded],
  ["all details of an answer from China", "?from=CN&to=ID&hs=37069090&min=100&value=20000000&sort=saving", unfolded],
  ["every field wrong", "?from=US&hs=08x&value=abc&on=2026-02-30&kg=-3", (page) => expect(page.getByRole("alert")).toHaveCount(5)],
  ["a code not in the tariff", "?hs=999999", told],
  ["the sections of the tariff", "?browse=", clicked("#answer summary", shown((page) => page.locator("#answer li a")))],
  ["a chapter of the tariff", "?browse=08", browsed],
  ["lines of the tariff", "?browse=100630&from=VN", browsed],
  ["a line of the tariff", "?browse=1006302001&from=VN", browsed],
  ["a chapter of another tariff", "?browse=10&from=CN&to=TH", browsed],
  ["the frame of another site", "embed.html?hs=081060", answered],
  ["the small frame of another site", "embed.html?compact=1&hs=081060", answered],
  ["the page about the data", "?", clicked("footer a[href*=about]", shown((page) => page.locator(".about h1")))],
];

/** States in which the server does not have a file: also how its name begins. */
const TROUBLES: [...State, missing: string][] = [
  ["rates that did not arrive", "?hs=081060", told, "data/rates.CN"],
  ["words that did not arrive", "?", told, "data/messages"],
  ["a program that did not arrive", "?", told, "cafta-calculator"],
  ["search words that did not arrive", "?", typed("durian", ".offers button"), "data/index"],
  ["details that did not arrive", "?hs=081060", clicked("#answer summary", told), "details-"],
];

/** States in which a file is still on its way: also how its name begins. */
const WAITS: [...State, awaited: string][] = [
  ["a program on its way", "?", shown((page) => page.getByRole("progressbar")), "cafta-calculator-*.wasm"],
  ["rates on their way", "?hs=081060", shown((page) => page.locator("#answer [role=status]")), "data/rates.CN"],
];

for (const language of ["en", "id", "ms", "th", "vi", "zh"]) {
  test(`every state is accessible: ${language}`, async ({ page, expectComplaint }) => {
    // Thirty seconds where nothing else runs.
    test.setTimeout(150_000);
    // What a worker does not get, nobody complains of.
    expectComplaint(new RegExp(`status of 404.*(${TROUBLES.map(([, , , missing]) => missing).join("|")})`));
    /** Holds a state to the rules while requests for a file are treated so. */
    const look = ([name, address, reach, file]: [...State, file?: string], treat: (route: Route) => unknown) =>
      test.step(name, async () => {
        if (file) await page.route(`**/${file}*`, treat);
        await page.goto(`./${address}&lang=${language}`);
        await reach(page);
        await expectAccessible(page);
        await page.unrouteAll();
      });
    for (const state of [...STATES, ...TROUBLES]) await look(state, (route) => route.fulfill({ status: 404 }));
    // Neither answered nor refused.
    for (const state of WAITS) await look(state, () => {});
  });
}
