// A duty that slides with the price of a kilogram: the page asks for the quantity before it answers.
import { expectRight, expectWrong } from "./calculator";
import { expect, test } from "./fixtures";

test("a duty by quantity asks for the quantity", async ({ calculator, page }) => {
  await calculator.open("?from=TH&hs=400122");
  await expect(calculator.says("How many kg?")).toBeVisible();
  await expect(calculator.bar("MFN, provisional", "tell us how many kg")).toBeVisible();
  await expect(calculator.bar("CAFTA", "no rate")).toBeVisible();

  await calculator.kilograms.pressSequentially("10000");
  await expect(calculator.kilograms).toBeFocused();
  await expect(page).toHaveURL(/kg=10000/);
  await calculator.expectSaving("¥0");
  await expect(calculator.bar("MFN, provisional ✓", "by quantity · ¥15,000")).toBeVisible();
  await expect(calculator.bar("CAFTA", "no rate")).toBeVisible();
  await calculator.openWhy();
  await expect(calculator.row("MFN, provisional")).toHaveAccessibleName(/20% up to a price of ¥7\.50 per kg, above it ¥1\.50 per kg ¥15,000/);

  await calculator.fold(calculator.words.arithmetic).click();
  const table = "MFN, provisional";
  await expect(calculator.step(table, /^Price of a unit/)).toHaveAccessibleName("Price of a unit ¥10.00 per kg");
  await expect(calculator.step(table, /^By quantity/)).toHaveAccessibleName("By quantity 10,000 kg × ¥1.50 per kg ¥15,000.00");
});

test("below the step of the scale the duty is by value", async ({ calculator }) => {
  // ¥100,000 over 20,000 kg is ¥5 a kilogram, not above ¥7.50: 20 %.
  await calculator.open("?from=TH&hs=400122&kg=20000");
  await expect(calculator.bar("MFN, provisional ✓", "by quantity · ¥20,000")).toBeVisible();
});

test("a quantity that makes no sense says so and keeps its text", async ({ calculator }) => {
  await calculator.open("?from=TH&hs=400122&kg=10000");
  await calculator.expectSaving("¥0");
  await calculator.kilograms.fill("-3");
  await expectWrong(calculator.kilograms, "Must not be negative.");
  await expect(calculator.kilograms).toHaveValue("-3");
  await expect(calculator.kilograms).toBeFocused();
  await calculator.expectNoAnswer();

  await calculator.kilograms.fill("10000");
  await expectRight(calculator.kilograms);
  await expect(calculator.bar("MFN, provisional ✓", "by quantity · ¥15,000")).toBeVisible();
});
