// Every state of the page in every language but English, against the rules of axe in both colour schemes. In English, and on a phone, each
// state is a journey of its own (axe.spec.ts); what a state is called does not matter here.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { Calculator, ENGLISH } from "./calculator";
import { expect, test } from "./fixtures";

const answered = (page: Page) => expect(page.locator(".number")).toBeVisible();
const chosenFrom = (page: Page) => expect(page.locator(".choose a").first()).toBeVisible();
const told = (page: Page) => expect(page.getByRole("alert").first()).toBeVisible();

async function typed(page: Page, text: string): Promise<void> {
  await page.locator("#product").click();
  await page.locator("#product").fill(text);
  await new Calculator(page, ENGLISH).settled();
  await expect(page.locator("#offers")).toBeAttached();
}

async function unfolded(page: Page): Promise<void> {
  await answered(page);
  for (const fold of await page.locator("details > summary").all()) await fold.click();
  await expect(page.locator("[aria-busy]:visible")).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 3 }).first()).toBeVisible();
}

const STATES: [search: string, reach: (page: Page) => Promise<void>][] = [
  ["", (page) => expect(page.locator(".examples a").last()).toContainText(" · ")],
  ["", (page) => typed(page, "081")],
  ["", (page) => typed(page, "qqqqxzzz")],
  ["from=KH&hs=0904110090", unfolded],
  [
    "hs=081060",
    async (page) => {
      await page.locator(".hero .term").click();
      await expect(page.getByRole("note")).toBeVisible();
    },
  ],
  ["from=VN&hs=100630", chosenFrom],
  ["hs=081060,081090", chosenFrom],
  ["from=VN&hs=1006302001", answered],
  ["from=TH&hs=400122", unfolded],
  ["from=CN&to=ID&hs=37069090&min=100&value=20000000", unfolded],
  ["from=US&hs=08x&value=abc&on=2026-02-30&kg=-3", (page) => expect(page.getByRole("alert")).toHaveCount(5)],
  ["hs=999999", told],
  ["browse=0810", (page) => expect(page.getByRole("heading", { level: 2 })).toBeVisible()],
];

for (const language of ["id", "ms", "th", "vi", "zh"]) {
  test(`every state in ${language} is accessible`, async ({ page }) => {
    test.slow();
    for (const [search, reach] of STATES) {
      await test.step(search || "the page", async () => {
        await page.goto(`./?lang=${language}&${search}`);
        await expect(page.locator("#product")).toBeVisible();
        await reach(page);
        await expectAccessible(page);
      });
    }
  });
}
