// The zero rate for least developed countries wins, and what is doubtful about it is said beside the answer.
import { expect, test } from "./fixtures";

const MEMBERSHIP = "we have it from general knowledge only.";
const STATUS =
  "To be confirmed: Laos was due to leave the list of least developed countries in November 2026. Check its status before you rely on this rate.";

test("the zero rate of a least developed country wins, with its doubt", async ({ calculator }) => {
  await calculator.open("?from=KH&hs=0904110090");
  await calculator.expectSaving("¥21,800");
  await expect(calculator.bar("LDC zero rate ✓", "0% · ¥0")).toBeVisible();
  await expect(calculator.bar("CAFTA", "5% · ¥5,000")).toBeVisible();
  await expect(calculator.bar("RCEP", "15% · ¥15,000")).toBeVisible();
  await expect(calculator.bar("China–Cambodia", "10% · ¥10,000")).toBeVisible();
  await expect(calculator.says(`To be confirmed: that Cambodia has this treatment; ${MEMBERSHIP}`)).toBeVisible();
  await calculator.openWhy();
  await expect(calculator.row("LDC zero rate")).toContainText("To be confirmed: that Cambodia has this treatment");
});

test("Laos is about to leave the list, and the page says so", async ({ calculator }) => {
  await calculator.open("?from=LA&hs=0904110090");
  await calculator.expectSaving("¥21,800");
  await expect(calculator.says(STATUS)).toBeVisible();
  await calculator.openWhy();
  await expect(calculator.row("LDC zero rate")).toContainText(STATUS);
});

test("Viet Nam is not on the list, and pays the rate of CAFTA", async ({ calculator }) => {
  await calculator.open("?from=VN&hs=0904110090");
  await calculator.expectSaving("¥16,350");
  await expect(calculator.bar("CAFTA ✓", "5% · ¥5,000")).toBeVisible();
  await calculator.openWhy();
  await expect(calculator.row("LDC zero rate")).toHaveAccessibleName(/Viet Nam does not take part/);
  await expect(calculator.page.getByText(/To be confirmed/)).toBeHidden();
});
