// The page opens, and nothing typed leaves the device. Everything a person does with it has its own journey.
import { expect, test } from "./fixtures";

test("the page opens and names itself", async ({ calculator, page }) => {
  await calculator.open();
  await expect(page).toHaveTitle("CAFTA duty calculator");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.getByRole("heading", { level: 1, name: "CAFTA duty calculator" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Try one" })).toBeVisible();
});

test("an example is one tap away from its answer", async ({ calculator, page }) => {
  await calculator.open();
  await page.getByRole("link", { name: "Thailand → China · Durians, fresh" }).click();
  await calculator.expectSaving("¥21,800");
});

test("the first sentence is seen before the program is asked for", async ({ browser, baseURL }) => {
  // A context of its own: where the day is set, the browser's notes of what happened when are not to be had.
  const context = await browser.newContext({ baseURL });
  const page = await context.newPage();
  await page.goto("./");
  const times = await page.waitForFunction(() => {
    const [seen] = performance.getEntriesByName("first-contentful-paint");
    const asked = performance.getEntriesByType("resource").find(({ name }) => name.endsWith(".wasm"));
    return seen && asked && { seen: seen.startTime, asked: asked.startTime };
  });
  const { seen, asked } = (await times.jsonValue())!;
  // A page that is painted late goes on without: index.html says when.
  expect(asked).toBeGreaterThanOrEqual(Math.min(seen, 300));
  await context.close();
});

test("without JavaScript the page says what it needs", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const page = await context.newPage();
  await page.goto("./");
  await expect(page.getByRole("heading", { name: "This calculator needs JavaScript · 需要启用 JavaScript" })).toBeVisible();
  await context.close();
});
