// What the person can do with the answer: weigh the certificate, add the freight, look at other prices and years, keep the proof.
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expectNoSidewaysScroll, expectWrong } from "./calculator";
import { expect, test } from "./fixtures";

const fold = (page: Page, title: string) => page.locator("summary", { hasText: title });
const field = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });
const row = (page: Page, name: string) => page.getByRole("row", { name });

test("the certificate is weighed against what it costs, and the address keeps it", async ({ calculator, page }) => {
  await calculator.open("?hs=081060&value=10000");
  await fold(page, "Is the certificate worth it?").click();
  await expect(calculator.says("It pays as long as it costs you less than ¥2,180.")).toBeVisible();
  await field(page, "Fee of the office").fill("40");
  const hours = field(page, "Hours of work");
  await hours.pressSequentially("3");
  await expect(hours).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.type("50");
  await expect(field(page, "Cost of an hour")).toBeFocused();
  await field(page, "Courier").fill("25");
  await field(page, "Shipments a year").fill("12");
  // 2,180 − (40 + 3 × 50 + 25) = 1,965; 12 × 1,965 = 23,580; 215 ÷ 21.8 % = 986.24.
  await expect(calculator.says("It pays: ¥1,965 is left of each shipment.")).toBeVisible();
  await expect(row(page, "Left of 12 shipments a year")).toContainText("¥23,580");
  await expect(row(page, "It pays from a value of")).toContainText("¥986.24");
  await expect(page).toHaveURL(/\?courier=25&fee=40&hours=3&hs=081060&shipments=12&value=10000&wage=50$/);
  await expectNoSidewaysScroll(page, page.viewportSize()!.width);

  await page.reload();
  await fold(page, "Is the certificate worth it?").click();
  await expect(hours).toHaveValue("3");
  await calculator.value.fill("900");
  await expect(calculator.says("It does not pay: it costs ¥215 and saves ¥196.20.")).toBeVisible();
  await expect(hours).toHaveValue("3");
});

test("a cost that makes no sense is refused beside its field, and nothing is lost", async ({ calculator, page }) => {
  await calculator.open("?hs=081060&value=10000&courier=25");
  await fold(page, "Is the certificate worth it?").click();
  const fee = field(page, "Fee of the office");
  await fee.pressSequentially("4o");
  await expectWrong(fee, "Not a plain number. Write 10000 or 10,000.50.", "in the next line");
  await expect(fee).toBeFocused();
  // What is not understood is not nothing: no verdict without it.
  await expect(page.getByText(/^It pays/)).toBeHidden();
  await expect(row(page, "Left of a shipment")).toBeHidden();
  await fee.fill("40");
  await expect(fee).toHaveAttribute("aria-invalid", "false");
  await expect(fee).toHaveAccessibleDescription("");
  await expect(calculator.says("It pays: ¥2,115 is left of each shipment.")).toBeVisible();
});

test("a price without freight becomes the customs value", async ({ calculator, page }) => {
  await calculator.open("?hs=081060&value=10000");
  await calculator.fold(calculator.words.arithmetic).click();
  await field(page, "Freight to the border, in CNY").fill("900");
  await field(page, "Insurance, in CNY").fill("100");
  // 20 % of 11,000 = 2,200, and VAT of 9 % on it 198.
  await calculator.expectSaving("¥2,398");
  await expect(calculator.step("MFN", /^By value/)).toHaveAccessibleName("By value ¥11,000.00 × 20% ¥2,200.00");
});

test("another price would make another agreement the best", async ({ calculator, page }) => {
  await calculator.open("?from=CN&to=ID&hs=37069090&min=100&value=20000000");
  await calculator.openWhy();
  // MFN 21,450 a minute is 10 % of 214,500.
  await expect(page.getByRole("row", { name: "below Rp 214,500 per minute CAFTA" })).toBeVisible();
  await expect(page.getByRole("row", { name: "from Rp 214,500 per minute MFN" })).toBeVisible();
  await expect(page.getByText("Yours is Rp 200,000 per minute.")).toBeVisible();
});

test("the years to come say what waiting saves", async ({ calculator, page }) => {
  await calculator.open("?from=VN&hs=5402339000");
  await fold(page, "The years to come").click();
  await expect(page.getByText(/^Imported from January 1, 2027|^Imported from 1 January 2027/)).toBeVisible();
  await expect(page.getByRole("row", { name: /2031/ })).toContainText("RCEP");
});

const kept = async (page: Page) => {
  await fold(page, "Keep the proof").click();
  return page.getByRole("link", { name: "Link that remembers this answer" });
};

test("a link that was kept says whether anything changed", async ({ calculator, page }) => {
  await calculator.open("?hs=081060&value=10000");
  const link = await kept(page);
  await link.click();
  await expect(page.getByText(/^This link was kept under edition 2026-.* the saving is the same\.$/)).toBeVisible();
  const address = page.url();
  await page.goto(address.replace("2180.00", "1090.00").replace("2180.00", "1090.00"));
  await expect(page.getByText(/the saving was ¥1,090\. Under today’s edition .* it is ¥2,180\.$/)).toBeVisible();
  await calculator.value.fill("20000");
  await expect(page.getByText(/This link was kept/)).toBeHidden();
});

test("the table for a spreadsheet holds every regime with its source", async ({ calculator, page }) => {
  await calculator.open("?hs=081060&value=10000");
  await kept(page);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Table for a spreadsheet (CSV)" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("cafta-0810600000-TH-CN.csv");
  const lines = readFileSync(await file.path(), "utf8").trim().split("\r\n");
  expect(lines[0]).toMatch(/^code,origin,importer,on,value,currency,regime,rate,grade,duty_least/);
  expect(lines).toContainEqual(expect.stringMatching(/^0810600000,TH,CN,2026-11-22,10000,CNY,acfta,0%,A,0\.00,0\.00,[^,]*,[^,]*,900\.00,900\.00,900\.00,900\.00,/));
  expect(lines).toContainEqual(expect.stringMatching(/,mfn,20%,A,2000\.00,2000\.00,[^,]*,[^,]*,1080\.00,/));
});

test("the data for machines are the same", async ({ calculator, page }) => {
  await calculator.open("?hs=081060&value=10000");
  await kept(page);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Data for machines (JSON)" }).click();
  const options = JSON.parse(readFileSync(await (await download).path(), "utf8"));
  const mfn = options.find(({ regime }: { regime: string }) => regime === "mfn");
  expect(mfn).toMatchObject({ code: "0810600000", rate: "20%", duty_most: "2000.00", vat_most: "1080.00", total_most: "3080.00" });
});
