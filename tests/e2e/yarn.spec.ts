// RCEP wins where CAFTA has no rate, and its rate falls on 1 January.
import { expect, test } from "./fixtures";

const LINK = "?from=VN&hs=5402339000";

test("RCEP beats the rate without a certificate where CAFTA has none", async ({ calculator }) => {
  await calculator.open(LINK);
  await calculator.expectSaving("¥678");
  await expect(calculator.bar("RCEP ✓", "4.4% · ¥4,400")).toBeVisible();
  await expect(calculator.bar("MFN", "5% · ¥5,000")).toBeVisible();
  await expect(calculator.bar("CAFTA", "no rate")).toBeVisible();
  await calculator.openWhy();
  await expect(calculator.row("CAFTA")).toHaveAccessibleName(/CAFTA gives no rate for this line/);
  await expect(calculator.says("RCEP proof of origin")).toBeVisible();
  await expect(calculator.says("RCEP becomes 4.3%; today ¥4,400.")).toBeVisible();
});

test("a day of next year has the rate of next year", async ({ calculator, page }) => {
  await calculator.open(LINK);
  await calculator.expectSaving("¥678");
  await calculator.day.fill("2027-01-01");
  await calculator.expectSaving("¥791");
  await expect(page).toHaveURL(/on=2027-01-01/);
  await expect(calculator.bar("RCEP ✓", "4.3% · ¥4,300")).toBeVisible();
  await expect(calculator.says("The rates without a certificate are those of 2026; they are assumed unchanged on your date.")).toBeVisible();
});

test("the term of a regime explains itself", async ({ calculator, page }) => {
  await calculator.open(LINK);
  const explanation = page.getByRole("note").filter({ hasText: "Regional Comprehensive Economic Partnership" });
  await expect(explanation).toBeHidden();
  await page.getByRole("button", { name: "What is RCEP?" }).click();
  await expect(explanation).toBeVisible();
  await expect(explanation).toBeInViewport({ ratio: 1 });
  await page.keyboard.press("Escape");
  await expect(explanation).toBeHidden();
});
