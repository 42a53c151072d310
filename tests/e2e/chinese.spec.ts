// The whole page in Chinese, and Chinese words in an English page.
import { expect, test } from "./fixtures";

test("the language changes and the question stays", async ({ calculator, chinese, page }) => {
  await calculator.open("?hs=081060&value=50000");
  await calculator.expectSaving("¥10,900");
  await expect(calculator.language).toHaveValue("en");
  await calculator.language.selectOption("中文");

  await chinese.expectSaving("¥10,900");
  await expect(page.locator("html")).toHaveAttribute("lang", "zh");
  await expect(page).toHaveTitle(chinese.words.title);
  await expect(page).toHaveURL(/\?hs=081060&lang=zh&value=50000$/);
  await expect(chinese.language).toHaveValue("zh");
  await expect(chinese.product).toHaveValue("鲜榴莲");
  // The same words stand before it for screen readers.
  await expect(page.getByText("按中国—东盟协定，关税由20%变为0%。").last()).toBeVisible();
  await expect(chinese.bar("最惠国税率", "20% · ¥10,000")).toBeVisible();

  await page.goBack();
  await calculator.expectSaving("¥10,900");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});

test("a link opens in Chinese", async ({ chinese, page }) => {
  await chinese.open("?lang=zh&from=VN&hs=100630");
  await expect(page).toHaveTitle(chinese.words.title);
  await expect(page.getByRole("heading", { name: "是哪一种？" })).toBeVisible();
  await expect(page.getByRole("link", { name: /1006\.30\.20\.90/ })).toContainText("节省¥16,350");
  // No English word is left over, beside the names of the agreements and of the other language.
  await expect(page.getByRole("main")).not.toContainText(/\b(the|your|duty|rate|saves)\b/);
});

test.describe("a browser that prefers Chinese", () => {
  test.use({ locale: "zh-CN" });
  test("opens in Chinese", async ({ chinese, page }) => {
    await chinese.open("?hs=081060");
    await chinese.expectSaving("¥21,800");
    await expect(page.locator("html")).toHaveAttribute("lang", "zh");
    await expect(page).toHaveURL(/\?hs=081060$/);
  });
});

test("a Chinese word is found in the English page", async ({ calculator }) => {
  await calculator.open();
  await calculator.search("榴莲");
  const durian = calculator.options.filter({ hasText: "0810.60" });
  await expect(durian).toBeVisible();
  await durian.click();
  await expect(calculator.product).toHaveValue("Durians, fresh");
  await calculator.expectSaving("¥21,800");
});

test("an English word is found in the Chinese page", async ({ chinese }) => {
  await chinese.open("?lang=zh");
  await chinese.search("durian");
  const durian = chinese.options.filter({ hasText: "0810.60" });
  await expect(durian).toContainText("鲜榴莲");
  await durian.click();
  await chinese.expectSaving("¥21,800");
});
