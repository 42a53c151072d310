// A code with several lines: the page asks which, and the quota decides.
import { expect, test } from "./fixtures";

test("a code with several lines asks which one", async ({ calculator, page }) => {
  await calculator.open("?from=VN&hs=100630");
  await expect(calculator.says("Depending on the exact product, your buyer saves")).toBeVisible();
  await expect(calculator.says("¥0 – ¥16,350")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Which one is it?" })).toBeVisible();
  const choices = page.getByRole("link", { name: /1006\.30/ });
  await expect(choices).toHaveCount(4);

  await page.getByRole("link", { name: /^Long grain, out of quota/ }).click();
  await calculator.expectSaving("¥16,350");
  await expect(page).toHaveURL(/\?from=VN&hs=1006302090$/);
  await expect(calculator.bar("MFN", "65% · ¥65,000")).toBeVisible();
  await expect(calculator.bar("CAFTA ✓", "50% · ¥50,000")).toBeVisible();
  await expect(calculator.bar("RCEP", "no rate")).toBeVisible();
  await expect(
    calculator.says("This line is for goods outside the tariff quota. Within the quota the duty is much lower."),
  ).toBeVisible();

  await page.getByRole("link", { name: "change (one of 4)" }).click();
  await expect(page.getByRole("heading", { name: "Which one is it?" })).toBeVisible();
  await expect(choices).toHaveCount(4);
});

test("within the quota no certificate is needed", async ({ calculator, page }) => {
  await calculator.open("?from=VN&hs=100630");
  await page.getByRole("link", { name: /^Long grain, in quota/ }).click();
  await calculator.expectSaving("¥0");
  await expect(
    // The same words stand before it for screen readers.
    page.getByText("The rate without a certificate, 1%, is already as low as any agreement gives. You need no certificate for it.").last(),
  ).toBeVisible();
  await expect(calculator.bar("MFN ✓", "1% · ¥1,000")).toBeVisible();
  await expect(calculator.bar("CAFTA", "50% · ¥50,000")).toBeVisible();
  await expect(
    calculator.says("This line is for goods within the tariff quota: the importer needs a quota certificate."),
  ).toBeVisible();
  await expect(calculator.says("None for the duty")).toBeVisible();
});
