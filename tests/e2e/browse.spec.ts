// The way through the tariff without a search: by clicks, by keys, by link and back.
import type { Page } from "@playwright/test";
import { expectNoSidewaysScroll } from "./calculator";
import { expect, test } from "./fixtures";

const row = (page: Page, code: string) => page.getByRole("listitem").getByRole("link", { name: code });
const place = (page: Page) => page.getByRole("heading", { level: 2 });
const way = (page: Page) => page.getByRole("navigation", { name: "Browse the tariff" });
const section = (page: Page, title: string) => page.locator("summary", { hasText: title });

test("from the root to the answer by clicks, and back", async ({ calculator, page }) => {
  await calculator.open("?value=50000");
  await page.getByRole("link", { name: "Browse the tariff" }).click();
  await expect(place(page)).toHaveText("Browse the tariff");
  await expect(page).toHaveURL(/\?browse=&value=50000$/);
  await expect(page).toHaveTitle("Browse the tariff – CAFTA duty calculator");
  await expect(page.locator("summary")).toHaveCount(22);
  await expect(row(page, "Edible fruit")).toBeHidden();

  await section(page, "Plants, fruit, vegetables and cereals").click();
  await expect(row(page, "Edible fruit")).toContainText("MFN 0–30% · CAFTA 0%");
  await row(page, "Edible fruit").click();
  await expect(place(page)).toHaveText(/^08 Edible fruit and nuts/);
  await expect(page).toHaveTitle(/^08 Edible fruit and nuts.* – CAFTA duty calculator$/);
  await row(page, "0810").click();
  await expect(place(page)).toHaveText(/^0810 /);
  await row(page, "Durians").click();
  await expect(place(page)).toHaveText("0810.60 Durians, fresh");
  await row(page, "0810.60.00.00").click();
  await expect(page).toHaveURL(/\?browse=0810600000&value=50000$/);
  await expect(way(page).getByRole("link")).toHaveCount(5);

  await page.getByRole("link", { name: "Use this code" }).click();
  await expect(page).toHaveURL(/\?hs=0810600000&value=50000$/);
  await calculator.expectSaving("¥10,900");
  await expect(page).toHaveTitle("CAFTA duty calculator");

  await page.goBack();
  await expect(place(page)).toHaveText(/^0810\.60\.00\.00 /);
  await page.goBack();
  await expect(place(page)).toHaveText("0810.60 Durians, fresh");
  await page.goForward();
  await expect(place(page)).toHaveText(/^0810\.60\.00\.00 /);
  await way(page).getByRole("link", { name: "Plants, fruit" }).click();
  await expect(place(page)).toHaveText("II Plants, fruit, vegetables and cereals");
  await expect(page.getByRole("listitem")).toHaveCount(9);
  await way(page).getByRole("link", { name: "Tariff" }).click();
  await expect(place(page)).toHaveText("Browse the tariff");
});

test("by keys alone; what is new is where the focus is", async ({ calculator, page }) => {
  await calculator.open();
  const browse = page.getByRole("link", { name: "Browse the tariff" });
  await browse.focus();
  await page.keyboard.press("Enter");
  await expect(place(page)).toHaveText("Browse the tariff");
  const fruit = section(page, "Plants, fruit, vegetables and cereals");
  await tabTo(page, fruit.elementHandle());
  await page.keyboard.press("Enter");
  for (const [link, heading] of [
    ["Edible fruit", /^08 /],
    ["0810", /^0810 /],
    ["Durians", /^0810\.60 /],
    ["0810.60.00.00", /^0810\.60\.00\.00 /],
  ] as const) {
    await tabTo(page, row(page, link).elementHandle());
    await expect(row(page, link)).toHaveCSS("outline-style", "solid");
    await page.keyboard.press("Enter");
    await expect(place(page)).toHaveText(heading);
    await expect(page.locator("#answer")).toBeFocused();
  }
  await tabTo(page, page.getByRole("link", { name: "Use this code" }).elementHandle());
  await page.keyboard.press("Enter");
  await calculator.expectSaving("¥21,800");
});

async function tabTo(page: Page, element: ReturnType<ReturnType<Page["locator"]>["elementHandle"]>): Promise<void> {
  const wanted = await element;
  for (let pressed = 0; pressed < 80; pressed++) {
    await page.keyboard.press("Tab");
    if (await wanted!.evaluate((wanted) => wanted === document.activeElement)) return;
  }
  throw new Error("no Tab leads there");
}

test("the root opens from a link that continues its own", async ({ calculator, page }) => {
  await calculator.open("?browse=08");
  await expect(place(page)).toHaveText(/^08 /);
  await way(page).getByRole("link", { name: "Tariff" }).click();
  await expect(place(page)).toHaveText("Browse the tariff");
  await expect(page).toHaveTitle(/^Browse the tariff/);
});

test("a long list is read from its beginning", async ({ calculator, page }) => {
  await calculator.open("?browse=84");
  await row(page, "8480").click();
  await expect(place(page)).toHaveText(/^8480 /);
  await expect(place(page)).toBeInViewport();
});

test("the pair and the language change under it", async ({ calculator, chinese, page }) => {
  await calculator.open("?browse=0810");
  await expect(row(page, "Durians")).toContainText("MFN 20% · CAFTA 0%");
  await calculator.to.selectOption("TH");
  await expect(page).toHaveURL(/\?browse=0810&from=CN&to=TH$/);
  await calculator.to.selectOption("VN");
  await expect(page).toHaveURL(/\?browse=0810&from=CN&to=VN$/);
  await expect(row(page, "Durians")).toContainText("MFN 30% · CAFTA 0%");
  await calculator.language.selectOption("中文");
  await expect(row(page, "鲜榴莲")).toContainText("最惠国税率 30%");
  await expect(chinese.page.getByRole("link", { name: "使用此编码" })).toBeVisible();
  await expect(page).toHaveTitle(/– 中国—东盟关税计算器$/);
});

test("a product that is searched for ends it", async ({ calculator, page }) => {
  await calculator.open("?browse=08");
  await expect(row(page, "0810")).toBeVisible();
  await calculator.search("durian");
  await calculator.options.first().click();
  await calculator.expectSaving("¥21,800");
  await expect(page).toHaveURL(/\?hs=081060$/);
});

for (const [search, heading] of [
  ["?browse=08106", /^0810 /],
  ["?browse=081060999", /^0810\.60 /],
  ["?browse=durian", /^Browse the tariff$/],
  ["?browse=%00%ff<p>", /^Browse the tariff$/],
] as const) {
  test(`a code that does not exist leads to the nearest above it: ${search}`, async ({ calculator, page }) => {
    await calculator.open(search);
    await expect(place(page)).toHaveText(heading);
  });
}

test("what is no percentage is a word", async ({ calculator, page }) => {
  await calculator.open("?browse=40&from=TH");
  await expect(row(page, "4001")).toContainText("MFN 20%, some by quantity · CAFTA 0%, some no rate");
  await calculator.open("?browse=08&from=CN&to=TL");
  await expect(page.getByText(/no source seen says that it applies this agreement/)).toBeVisible();
  await expect(row(page, "0810")).not.toContainText("CAFTA");
});

test("labels that did not arrive can be asked for again", async ({ calculator, page }) => {
  await page.route("**/data/sections.en.*.pack", (route) => route.fulfill({ status: 404 }), { times: 1 });
  await calculator.open("?browse=");
  await expect(page.getByRole("alert")).toContainText("These details could not be loaded.");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(place(page)).toHaveText("Browse the tariff");
});

for (const search of ["?browse=", "?browse=08", "?browse=100630&from=VN", "?browse=1006302001&from=VN", "?browse=10&from=CN&to=TH"]) {
  test(`fits a narrow screen: ${search}`, async ({ calculator, page }) => {
    await calculator.open(search);
    await expect(page.getByRole("button", { name: "MFN" })).toBeVisible();
    if (search === "?browse=") {
      await section(page, "Machinery and electronics").click();
      await expect(row(page, "84")).toBeVisible();
    }
    await page.setViewportSize({ width: 320, height: 640 });
    await expectNoSidewaysScroll(page, 320);
  });
}
