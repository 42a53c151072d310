// Nothing jumps: what arrives late finds its place kept, on a link that is opened cold and while folds are opened and questions change.
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

declare global {
  interface Window {
    shift: number;
  }
}

/** Adds up every shift of the layout that no input explains, as browsers count it. */
const watch = (page: Page) =>
  page.addInitScript(() => {
    window.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
        if (!entry.hadRecentInput) window.shift += entry.value;
      }
    }).observe({ type: "layout-shift", buffered: true });
  });

for (const search of ["?hs=081060", "?hs=0904110090&from=KH", "?hs=081060,081090", "?from=VN&hs=100630", ""]) {
  test(`nothing jumps while ${search || "the page"} is opened`, async ({ calculator, page }) => {
    await watch(page);
    await calculator.open(search);
    if (search) await expect(page.locator(".number")).toBeVisible();
    await expect(page.locator("[aria-busy]:visible")).toHaveCount(0);
    await page.waitForLoadState("networkidle");
    expect(await page.evaluate(() => window.shift)).toBeLessThan(0.01);
  });
}

test("nothing jumps while details come and the question changes", async ({ calculator, page }) => {
  await watch(page);
  await calculator.open("?hs=081060");
  await calculator.expectSaving("¥21,800");
  await expect(calculator.product).not.toHaveValue("0810.60");
  await calculator.openAllFolds();
  await calculator.value.fill("50000");
  await calculator.expectSaving("¥10,900");
  await expect(page.locator("[aria-busy]:visible")).toHaveCount(0);
  expect(await page.evaluate(() => window.shift)).toBeLessThan(0.01);
});
