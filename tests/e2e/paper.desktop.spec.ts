// The sheet of paper, as a PDF. Paper is as wide everywhere, so this runs on the desktop only.
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { expect, test } from "./fixtures";

test("the sheet is one page of paper that holds the answer and what proves it", async ({ calculator, page }) => {
  await calculator.open("?from=KH&hs=0904110090");
  await page.locator("summary", { hasText: "Keep the proof" }).click();
  await expect(page.locator(".sheet")).toBeAttached();
  const pdf = await getDocument({ data: new Uint8Array(await page.pdf({ format: "A4" })), verbosity: 0 }).promise;
  expect(pdf.numPages).toBe(1);
  const content = await (await pdf.getPage(1)).getTextContent();
  const text = content.items.map((item) => ("str" in item ? item.str : "")).join(" ").replace(/\s+/g, " ");
  for (const expected of [
    "Pepper",
    "0904.11.00.90",
    "Cambodia",
    "¥21,800",
    "LDC zero rate",
    "least developed countries",
    "rmed: that Cambodia has this treatment",
    "¥100,000.00 × 20%",
    "Commission of the State Council",
    // What proves the tax stands there as well.
    "VAT: ",
    "kept=",
    "Not legal advice",
  ]) {
    expect(text).toContain(expected);
  }
  expect(text).not.toContain("Print one page");
});
