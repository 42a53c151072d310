// A new version on the host: it is offered and not forced, pages that are open go on working, and nothing is lost or mixed.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { Calculator, ENGLISH } from "./calculator";
import { expect, nextVersion, test } from "./host";

/** That a page is of an edition; the first says nothing in its head. */
async function isOf(page: Page, edition: "first" | "second" | "third", because?: string): Promise<void> {
  const mark = page.locator("meta[name=edition]");
  if (edition === "first") await expect(mark, because).toHaveCount(0);
  else await expect(mark, because).toHaveAttribute("content", edition);
}

const offer = (page: Page) => page.getByRole("status").filter({ hasText: "A new edition is ready." });
const isOffered = (page: Page) => expect(offer(page)).toBeVisible();
const isNotOffered = (page: Page) => expect(offer(page)).toHaveCount(0);

/** How many versions are kept. */
const versions = (page: Page) => page.evaluate(async () => (await caches.keys()).filter((key) => !key.endsWith("pages")).length);

/** That the version serves the page, and keeps what belongs to its language: the last of what is kept. */
const isKept = (page: Page) =>
  expect
    .poll(() => page.evaluate(async () => Boolean(navigator.serviceWorker.controller && (await caches.match("about.en.html")))))
    .toBe(true);

/** Opens the page until its version is kept and serves it. */
async function visit(calculator: Calculator): Promise<void> {
  await calculator.open("?hs=081060");
  await isKept(calculator.page);
}

/** Accepts the offer as a person does. */
const accept = (page: Page) => offer(page).getByRole("button", { name: "Load it" }).click();

test("a new version is offered, and comes when it is asked for", async ({ calculator, context, page, host }) => {
  await visit(calculator);
  await isNotOffered(page);
  let loads = 0;
  page.on("load", () => (loads += 1));
  host.version = nextVersion(host.version, "second");

  await page.reload();
  await calculator.expectSaving("¥21,800");
  await isOffered(page);
  await expectAccessible(page);
  await isOf(page, "first", "the version that was kept opens");
  // The host has not the old names any more; what the page loads later is of its own version all the same.
  await calculator.search("pepper");
  await page.keyboard.press("Escape");
  await calculator.openAllFolds();
  await page.reload();
  await calculator.expectSaving("¥21,800");
  await isOffered(page);
  await isOf(page, "first", "it is not forced");
  expect(loads).toBe(2);

  await calculator.value.fill("50000");
  await accept(page);
  await isOf(page, "second");
  await calculator.expectSaving("¥10,900");
  await isNotOffered(page);
  expect(loads, "it is loaded once").toBe(3);

  // What was kept on use is there in the new version too, and nothing is left of the old one.
  await calculator.open("?hs=081060");
  await expect.poll(() => versions(page)).toBe(1);
  await isKept(page);
  host.isReachable = false;
  await context.setOffline(true);
  await page.reload();
  await isOf(page, "second");
  await calculator.expectSaving("¥21,800");
  await calculator.search("pepper");
  await page.keyboard.press("Escape");
  await calculator.openAllFolds();
  await page.goto("about.en.html");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test("an old page stays whole while another window changes to the new version, and the one after", async ({ calculator, context, page, host }) => {
  await visit(calculator);
  await page.reload();
  await calculator.expectSaving("¥21,800");
  let loads = 0;
  page.on("load", () => (loads += 1));

  const first = host.version;
  const other = await context.newPage();
  for (const name of ["second", "third"] as const) {
    host.version = nextVersion(first, name);
    await other.goto("?hs=081060");
    await isOffered(other);
    await accept(other);
    await isOf(other, name);
    await new Calculator(other, ENGLISH).expectSaving("¥21,800");
    await isOffered(page);
  }
  await other.reload();
  await expect.poll(() => versions(other), "the second has no page, the first and the third have").toBe(2);

  await page.bringToFront();
  await isOf(page, "first", "nobody asked here");
  expect(loads).toBe(0);
  await calculator.search("pepper");
  await page.keyboard.press("Escape");
  await calculator.openAllFolds();
  await accept(page);
  await isOf(page, "third");
  await calculator.expectSaving("¥21,800");
  await page.reload();
  await calculator.expectSaving("¥21,800");
  await expect.poll(() => versions(page)).toBe(1);
});

test("a new version that arrives damaged or in part changes nothing", async ({ calculator, context, page, host }) => {
  await visit(calculator);
  const next = nextVersion(host.version, "second");
  // Pages of two builds, as on a host in the middle of a deployment: the list is new, the page is old.
  host.instead = [[/^index\.html$/, { status: 200, type: "text/html", body: host.version.get("index.html")! }]];
  host.version = next;
  host.asked.length = 0;
  await page.reload();
  await calculator.expectSaving("¥21,800");
  await expect.poll(() => host.asked.filter((name) => name === "index.html").length).toBe(2);
  await calculator.search("pepper");
  await page.keyboard.press("Escape");
  await isNotOffered(page);

  host.instead = [];
  await page.reload();
  await isOffered(page);
  await context.setOffline(true);
  host.isReachable = false;
  await accept(page);
  await isOf(page, "second", "all of it is there before it is offered");
  await calculator.expectSaving("¥21,800");
});

test("a version that waits takes over when no page is open", async ({ calculator, context, page, host }) => {
  await visit(calculator);
  host.version = nextVersion(host.version, "second");
  await page.reload();
  await isOffered(page);
  await page.close();
  const later = await context.newPage();
  // The browser sees a moment later that nobody uses the old one.
  await expect
    .poll(async () => {
      await later.goto("?hs=081060");
      const mark = await later.locator("meta[name=edition]").count();
      await later.goto("about:blank");
      return mark;
    })
    .toBe(1);
});
