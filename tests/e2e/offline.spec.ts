// Once loaded, the page needs no network: a calculator in a container yard with no signal.
import { expect, test } from "./fixtures";

test("everything that was loaded works without a network", async ({ calculator, chinese, context, page }) => {
  const lines = page.waitForResponse(/lines\.CN-zh/);
  await chinese.open("?lang=zh&hs=081060");
  await lines;
  await expect(chinese.product).toHaveValue("鲜榴莲");
  await chinese.language.selectOption("English");
  await expect(calculator.product).toHaveValue("Durians, fresh");
  await calculator.search("rice");
  await page.keyboard.press("Escape");
  await calculator.openWhy();

  await context.setOffline(true);
  await calculator.value.fill("50000");
  await calculator.expectSaving("¥10,900");
  await calculator.from.selectOption({ label: "Cambodia" });
  await expect(calculator.row("LDC zero rate")).toContainText("To be confirmed");
  await calculator.search("pepper");
  await page.keyboard.press("Escape");
  await calculator.language.selectOption("中文");
  await chinese.expectSaving("¥10,900");
  await chinese.language.selectOption("English");
  await calculator.expectSaving("¥10,900");
  await page.goBack();
  await page.goBack();
  await page.goBack();
  await expect(calculator.from).toHaveValue("TH");
  await calculator.expectSaving("¥10,900");
});

test("a language that was not loaded can be had when the network is back", async ({ calculator, chinese, context, page, expectComplaint }) => {
  expectComplaint(/ERR_INTERNET_DISCONNECTED/);
  await calculator.open("?hs=081060");
  await expect(calculator.product).toHaveValue("Durians, fresh");  await calculator.openWhy();

  await context.setOffline(true);
  await calculator.language.selectOption("中文");
  await expect(page.getByRole("heading", { name: "This page could not be loaded · 页面无法加载" })).toBeVisible();
  await page.goBack();
  await calculator.expectSaving("¥21,800");

  await page.goForward();
  await context.setOffline(false);
  await page.getByRole("button", { name: "Try again · 重试" }).click();
  await chinese.expectSaving("¥21,800");
});
