// An uncertain code: several are kept, the answer holds for all of them, and one is settled on.
import type { Locator, Page } from "@playwright/test";
import { expectRight, expectWrong } from "./calculator";
import { expect, test } from "./fixtures";

const DEPENDING = "Depending on the exact product, your buyer saves";
const LEFT_OPEN = "This holds for all codes you keep. Choose yours below.";

const another = (page: Page): Locator => page.getByRole("button", { name: "Not sure? Keep another code" });
const leaveOut = (page: Page, code: string): Locator => page.getByRole("link", { name: `Leave out ${code}`, exact: true });
const settle = (page: Page, label: RegExp): Locator => page.getByRole("list").getByRole("link", { name: label });

test("keeps two codes, shows the range, and settles on one", async ({ calculator, page, hasTouch }) => {
  await calculator.open();
  await expect(another(page)).toBeHidden();
  await calculator.search("durian");
  await page.keyboard.press("Enter");
  await calculator.expectSaving("¥21,800");

  await another(page).click();
  await expect(calculator.product).toBeFocused();
  await expect(calculator.product).toHaveValue("081060, ");
  // The answer stays while the other code is looked for.
  await calculator.expectSaving("¥21,800");
  await calculator.product.pressSequentially("lychee");
  const fruit = calculator.options.filter({ hasText: "0810.90" });
  if (hasTouch) await fruit.tap();
  else await fruit.click();

  await expect(page).toHaveURL(/\?hs=081060,081090$/);
  await expect(calculator.product).toHaveValue("081060,081090");
  // Durian pays 20 %, other fruit 12 % to 30 %, all nothing under CAFTA: 12,000 × 1.09 and 30,000 × 1.09 with VAT.
  await expect(calculator.says("¥13,080 – ¥32,700")).toBeVisible();
  await expect(calculator.says(DEPENDING)).toBeVisible();
  await expect(calculator.says(LEFT_OPEN)).toBeVisible();

  await expect(calculator.says("All of these are Berries, kiwifruit, durian, persimmons and other fresh fruit. What decides:")).toBeVisible();
  const durian = settle(page, /^Durians, fresh/);
  await expect(durian).toContainText("Without a certificate ¥20,000 · with the best agreement ¥0");
  await expect(durian).toContainText("MFN 20% · CAFTA 0%");
  await expect(durian).toContainText("saves ¥21,800");
  await expect(settle(page, /^Fruit, fresh/)).toContainText("Without a certificate ¥12,000 – ¥30,000 · with the best agreement ¥0");

  await durian.click();
  await expect(page).toHaveURL(/\?hs=081060$/);
  await calculator.expectSaving("¥21,800");
  await expect(durian).toBeHidden();
  await page.goBack();
  await expect(calculator.says("¥13,080 – ¥32,700")).toBeVisible();
  await expect(durian).toBeVisible();
});

test("leaves one out until one remains", async ({ calculator, page }) => {
  await calculator.open("?from=VN&hs=081060,081090,081070&value=100,000.00");
  await expect(calculator.says("¥13,080 – ¥32,700")).toBeVisible();
  await leaveOut(page, "0810.90").click();
  await expect(page).toHaveURL(/hs=081060,081070&value=100,000\.00$/);
  // Both pay 20 % without a certificate and nothing under CAFTA.
  await calculator.expectSaving("¥21,800");
  await expect(calculator.says("All codes you keep pay the same: for the duty it does not matter which it is.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Which one is it?" })).toBeVisible();
  await leaveOut(page, "0810.60").click();
  await expect(page).toHaveURL(/hs=081070&/);
  await expect(calculator.product).toHaveValue("Persimmons, fresh");
  await expect(calculator.bar("CAFTA ✓", "0% · ¥0")).toBeVisible();
});

test("a candidate with several lines asks for the line once it is settled on", async ({ calculator, page }) => {
  await calculator.open("?hs=081060,081090");
  await settle(page, /^Fruit, fresh/).click();
  await expect(calculator.says("This code covers 8 lines with different duties. Choose yours below.")).toBeVisible();
  await expect(settle(page, /^Lychee/)).toBeVisible();
});

test("codes typed with a comma between them are kept", async ({ calculator, page }) => {
  await calculator.open();
  await calculator.search("0810.60, 0810.90");
  await page.keyboard.press("Enter");
  await expect(calculator.says("¥13,080 – ¥32,700")).toBeVisible();
  await page.reload();
  await expect(calculator.says("¥13,080 – ¥32,700")).toBeVisible();
});

test("who keeps no other code after all has lost nothing", async ({ calculator, page }) => {
  await calculator.open("?hs=081060");
  await expect(calculator.product).toHaveValue("Durians, fresh");
  for (const key of ["Tab", "Escape"]) {
    await another(page).click();
    await expect(calculator.product).toHaveValue("081060, ");
    await page.keyboard.press(key);
    await expect(calculator.product).toHaveValue("Durians, fresh");
    await expect(page).toHaveURL(/\?hs=081060$/);
  }
  await another(page).click();
  await calculator.product.pressSequentially("lychee");
  await expect(calculator.options.first()).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(calculator.product).toHaveValue("Durians, fresh");
});

test("one wrong code has its message, and the others are not lost", async ({ calculator, page }) => {
  for (const [codes, message] of [
    ["081060,0x", "A code is digits only; “x” is not one."],
    ["081060,09", "A code has 4 to 10 digits; this one has 2."],
    ["0101,0102,0103,0104,0105,0106", "Keep at most 5 codes."],
  ] as const) {
    await calculator.open(`?hs=${codes}`);
    await expectWrong(calculator.product, message);
    await expect(calculator.product).toHaveValue(codes);
    await calculator.expectNoAnswer();
  }
  await calculator.open("?hs=081060,999999");
  await expect(page.getByRole("alert")).toHaveText("9999.99 is not in the tariff. Check the code, or search by a word.");
  await expect(calculator.product).toHaveValue("081060,999999");
  await calculator.product.fill("081060,081090");
  await page.keyboard.press("Enter");
  await expectRight(calculator.product);
  await expect(calculator.says("¥13,080 – ¥32,700")).toBeVisible();
});

test("what is not known for one code is not said of all", async ({ calculator, page }) => {
  await calculator.open("?hs=081060,400122");
  await expect(
    calculator.says("This holds for all codes you keep, where it is known; some need more to be known. Choose yours below."),
  ).toBeVisible();
  await expect(settle(page, /^Technically/)).toContainText("needs more to be known");
  // The weight is asked for, and then the range is whole.
  await calculator.kilograms.fill("10000");
  await expect(calculator.says(LEFT_OPEN)).toBeVisible();
});

test("a code of another country’s line is answered by its six digits", async ({ calculator, page }) => {
  await calculator.open("?hs=0810609999,081090");
  await expect(page.getByText(/six digits all countries share/)).toHaveText(
    "The tariff of China has no line 0810.60.99.99. These are its lines under 0810.60, the six digits all countries share.",
  );
  await expect(calculator.says("¥13,080 – ¥32,700")).toBeVisible();
});

test("in Chinese", async ({ chinese, page }) => {
  await chinese.open("?hs=081060,081090&lang=zh");
  await expect(chinese.says("¥13,080 – ¥32,700")).toBeVisible();
  await expect(page.getByRole("heading", { name: "是哪一种？" })).toBeVisible();
  await expect(page.getByRole("link", { name: "去掉 0810.60" })).toBeVisible();
});

test("with keys alone", async ({ calculator, page }) => {
  await calculator.open("?hs=081060");
  await calculator.expectSaving("¥21,800");
  await tabTo(page, another(page));
  await page.keyboard.press("Enter");
  await expect(calculator.product).toBeFocused();
  await page.keyboard.type("persimmon");
  await calculator.expectOffers();
  await expect(calculator.options.first()).toHaveText(/^Persimmons/);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\?hs=081060,081070$/);
  await expect(calculator.product).toBeFocused();

  // Past the rest of the sentence into the list: each candidate, and how to leave it out.
  await expect(leaveOut(page, "0810.60")).toBeVisible();
  await tabTo(page, settle(page, /^Durians/));
  await page.keyboard.press("Tab");
  await expect(leaveOut(page, "0810.60")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(calculator.product).toHaveValue("Persimmons, fresh");
  // The link is gone; whoever uses the keyboard goes on at the new answer.
  await expect(page.locator("#answer")).toBeFocused();
});

async function tabTo(page: Page, element: Locator): Promise<void> {
  for (let pressed = 0; pressed < 40; pressed++) {
    await page.keyboard.press("Tab");
    if (await element.evaluate((wanted) => wanted === document.activeElement)) return;
  }
  throw new Error("no Tab leads there");
}
