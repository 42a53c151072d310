// The languages beside English and Chinese: that everything is said in them, numbers are read and written as there, and what has no
// translation is marked. What the page does is tested in English.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { Calculator, ENGLISH, expectNoSidewaysScroll, expectWrong } from "./calculator";
import { expect, test } from "./fixtures";

/** The texts of a language: each a line of its file. */
function texts(language: string): Record<string, string> {
  const file = readFileSync(join(__dirname, `../../locales/${language}.toml`), "utf8");
  return Object.fromEntries([...file.matchAll(/^(\w+) = "(.*)"$/gm)].map(([, key, text]) => [key, text]));
}

function speaking(page: Page, language: string): Calculator {
  const said = texts(language);
  return new Calculator(page, {
    ...ENGLISH,
    title: said.title!,
    language: said.nav_language!,
    product: said.field_product!,
    from: said.field_from!,
    to: said.field_to!,
    currency: said.field_currency!,
    value: said.field_value!,
    rate: said.field_rate!,
    day: said.field_date!,
    saves: said.hero_saves_lead!,
  });
}

for (const { language, saving, pepper, word, label } of [
  { language: "vi", saving: "21.800 ¥", pepper: /^Hạt tiêu/, word: "sầu riêng", label: /^Sầu riêng, tươi/ },
  { language: "th", saving: "¥21,800", pepper: /^พริกไทย/, word: "ทุเรียน", label: /^ทุเรียน สด/ },
  { language: "id", saving: "¥ 21.800", pepper: /^Lada/, word: "durian", label: /^Durian,? segar/ },
  { language: "ms", saving: "¥ 21,800", pepper: /^Pepper .*\(EN\)$/, word: "durian", label: /^Durians, fresh \(EN\)/ },
]) {
  test(`${language}: an answer with all details`, async ({ page }) => {
    const calculator = speaking(page, language);
    await calculator.open(`?lang=${language}&from=KH&hs=0904110090`);
    await expect(page.locator("html")).toHaveAttribute("lang", language);
    await expect(page).toHaveTitle(calculator.words.title);
    await expect(page.locator(".number")).toHaveText(new RegExp(saving.replace(" ", "\\s?").replace(".", "\\.")));
    await expect(calculator.product).toHaveValue(pepper);
    // No English word is left over, beside the names of agreements and of languages.
    for (const part of [page.getByRole("form"), page.locator(".hero"), page.locator(".bars"), page.locator(".glance")]) {
      await expect(part).not.toContainText(/\b(the|your|duty|rate|saves|with|without|certificate)\b/);
    }
    await calculator.openAllFolds();
    await expectNoSidewaysScroll(page, page.viewportSize()!.width);
  });

  test(`${language}: a word finds its product`, async ({ page }) => {
    const calculator = speaking(page, language);
    await calculator.open(`?lang=${language}`);
    await calculator.search(word);
    await expect(calculator.options.first()).toHaveText(label);
    await calculator.options.first().click();
    await expect(page).toHaveURL(new RegExp(`hs=081060&lang=${language}$`));
  });

  test(`${language}: the page about the data`, async ({ page }) => {
    const calculator = speaking(page, language);
    await calculator.open(`?lang=${language}`);
    await page.getByRole("link", { name: texts(language).foot_about! }).click();
    await expect(page.locator("html")).toHaveAttribute("lang", language);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  });
}

test("another language keeps the question, and the address says which", async ({ calculator, page }) => {
  await calculator.open("?hs=081060&value=50000");
  await calculator.expectSaving("¥10,900");
  await calculator.language.selectOption("ไทย");
  const thai = speaking(page, "th");
  await thai.expectSaving("¥10,900");
  await expect(page).toHaveURL(/\?hs=081060&lang=th&value=50000$/);
  await expect(thai.language).toHaveValue("th");
  await page.goBack();
  await calculator.expectSaving("¥10,900");
});

test.describe("a browser that prefers Vietnamese", () => {
  test.use({ locale: "vi-VN" });
  test("opens in Vietnamese", async ({ page }) => {
    await speaking(page, "vi").open();
    await expect(page.locator("html")).toHaveAttribute("lang", "vi");
  });
});

test("ten thousand can be written as in Vietnam, and what may be either is asked for again", async ({ page }) => {
  const calculator = speaking(page, "vi");
  await calculator.open("?lang=vi&hs=081060");
  for (const typed of ["10.000", "10,000", "10000", "10.000,00"]) {
    await calculator.value.fill(typed);
    await expect(page.locator(".number")).toHaveText(/^2\.180\s¥$/);
    await expect(calculator.value).toHaveValue(typed);
  }
  // A link says the same to whoever opens it, and so does the page in another language.
  await calculator.value.fill("10.000");
  await expect(page).toHaveURL(/\?hs=081060&lang=vi&value=10,000$/);
  await calculator.language.selectOption("English");
  await expect(page.locator(".number")).toHaveText("¥2,180");
  await page.goBack();
  await expect(page.locator(".number")).toHaveText(/^2\.180\s¥$/);
  await calculator.currency.selectOption("USD");
  await calculator.rate.fill("7,1");
  await expect(page.locator(".number")).toHaveText(/^15\.478\s¥$/);
  await calculator.rate.fill("7.123");
  await expectWrong(calculator.rate, texts("vi").error_number!);
});

test("years are those of the Gregorian calendar in Thai", async ({ page }) => {
  const calculator = speaking(page, "th");
  await calculator.open("?lang=th&from=VN&hs=5402339000");
  await page.locator("summary", { hasText: texts("th").outlook_title! }).click();
  await expect(page.getByRole("rowheader", { name: /2031/ })).toBeVisible();
  await expect(page.locator("#answer")).not.toContainText("2574");
});

test("lines without a translation are marked as English", async ({ page }) => {
  await speaking(page, "vi").open("?lang=vi&from=VN&hs=100630");
  await expect(page.getByRole("link", { name: /1006\.30\.20\.90/ })).toContainText("(EN)");
});
