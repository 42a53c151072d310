// The same goods with every partner: into China in yuan, from China in percent of the value, sorted by cost or by saving.
import type { Locator, Page } from "@playwright/test";
import { expectNoSidewaysScroll } from "./calculator";
import { expect, test } from "./fixtures";

const TITLE = /^Other countries/;

const table = (page: Page): Locator => page.getByRole("table", { name: /first\. Bars:/ });
const row = (page: Page, country: string): Locator =>
  table(page)
    .getByRole("row")
    .filter({ has: page.getByRole("link", { name: country, exact: true }) });
const countries = (page: Page): Locator => table(page).getByRole("link");
const sort = (page: Page): Locator => page.getByRole("combobox", { name: "Sort by" });

test("pepper into China: who grew it decides what it costs", async ({ calculator, page }) => {
  await calculator.open("?from=VN&hs=0904110090");
  await calculator.expectSaving("¥16,350");
  await calculator.fold(TITLE).click();
  await expect(countries(page)).toHaveText([
    "Cambodia",
    "Laos",
    "Myanmar",
    "Timor-Leste",
    "Brunei",
    "Indonesia",
    "Malaysia",
    "the Philippines",
    "Singapore",
    "Thailand",
    "Viet Nam",
  ]);
  await expect(row(page, "Viet Nam")).toContainText("CAFTA 5%");
  await expect(row(page, "Viet Nam")).toContainText("¥114,450");
  await expect(row(page, "Viet Nam").getByRole("link", { name: "Viet Nam" })).toHaveAttribute("aria-current", "true");
  await expect(row(page, "Cambodia")).toContainText("¥21,800");
  await expect(row(page, "Cambodia")).toContainText("To be confirmed: that Cambodia has this treatment");

  await countries(page).filter({ hasText: "Cambodia" }).click();
  await expect(page).toHaveURL(/\?from=KH&hs=0904110090$/);
  await calculator.expectSaving("¥21,800");
});

test("yarn from China: all tariffs come at once, and the saving sorts them", async ({ calculator, page }) => {
  const tariffs = new Set<string>();
  page.on("request", (request) => {
    const name = /rates\.(..)\./.exec(request.url())?.[1];
    if (name) tariffs.add(name);
  });
  await calculator.open("?from=CN&hs=540233&to=VN");
  await expect(calculator.bar("RCEP ✓", "0% · ₫0")).toBeVisible();
  expect([...tariffs]).toEqual(["VN"]);
  await calculator.fold(TITLE).click();
  await expect(countries(page)).toHaveCount(11);
  expect(tariffs.size).toBe(11);
  // 11 % of tax on 107.5 and on 105.
  await expect(row(page, "Indonesia")).toContainText("CAFTA 5%");
  await expect(row(page, "Indonesia")).toContainText("116.55%");
  await expect(countries(page).first()).toHaveText("Brunei");

  await sort(page).focus();
  await sort(page).selectOption("Saving");
  await expect(countries(page).first()).toHaveText("Malaysia");
  await expect(page).toHaveURL(/sort=saving/);
  await expect(sort(page)).toBeFocused();
  await expectNoSidewaysScroll(page, page.viewportSize()!.width);
  await page.reload();
  await calculator.fold(TITLE).click();
  await expect(countries(page).first()).toHaveText("Malaysia");
  await expect(sort(page)).toHaveValue("saving");
});

test("a tariff that does not arrive is one row", async ({ calculator, page }) => {
  await page.route(/rates\.MY\./, (route) => route.abort());
  await calculator.open("?from=CN&hs=540233&to=VN");
  await calculator.fold(TITLE).click();
  await expect(row(page, "Malaysia")).toContainText("not known: its tariff could not be loaded");
  await expect(row(page, "Laos")).toContainText("110%");
});

test("in Chinese", async ({ chinese, page }) => {
  await chinese.open("?hs=081060&lang=zh");
  await chinese.fold(/^其他国家/).click();
  await expect(page.getByRole("link", { name: "越南", exact: true })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "最优税率" })).toHaveCount(1);
});
