// Every state of the page against the rules of axe, in both colour schemes.
import { expectAccessible } from "./accessible";
import type { Calculator } from "./calculator";
import { expect, test } from "./fixtures";

const states: { name: string; reach: (calculator: Calculator) => Promise<void>; complaint?: RegExp }[] = [
  {
    name: "nothing asked yet",
    reach: async (calculator) => {
      await calculator.open();
      await expect(calculator.page.getByRole("link", { name: /Durians/ })).toBeVisible();
    },
  },
  {
    name: "the list of products",
    reach: async (calculator) => {
      await calculator.open();
      await calculator.search("rice");
      await calculator.product.press("ArrowDown");
    },
  },
  {
    name: "a list that found nothing",
    reach: async (calculator) => {
      await calculator.open();
      await calculator.product.click();
      await calculator.product.pressSequentially("qqqqxzzz");
      await expect(calculator.says("Nothing found. Try another word, type the HS code, or browse the tariff.")).toBeVisible();
    },
  },
  {
    name: "an answer with all details open",
    reach: async (calculator) => {
      await calculator.open("?from=KH&hs=0904110090");
      await calculator.expectSaving("¥21,800");
      await calculator.openAllFolds();
    },
  },
  {
    name: "an explanation",
    reach: async (calculator) => {
      await calculator.open("?hs=081060");
      await calculator.page.getByRole("button", { name: "What is CAFTA?" }).click();
      await expect(calculator.page.getByRole("note")).toBeVisible();
    },
  },
  {
    name: "a choice of lines",
    reach: async (calculator) => {
      await calculator.open("?from=VN&hs=100630");
      await expect(calculator.page.getByRole("link", { name: /^Long grain, in quota/ })).toBeVisible();
    },
  },
  {
    name: "several codes",
    reach: async (calculator) => {
      await calculator.open("?hs=081060,081090");
      await expect(calculator.page.getByRole("link", { name: "Leave out 0810.90" })).toBeVisible();
    },
  },
  {
    name: "a chosen line without a gain",
    reach: async (calculator) => {
      await calculator.open("?from=VN&hs=1006302001");
      await calculator.expectSaving("¥0");
      await expect(calculator.page.getByText("Long grain, in quota")).toBeVisible();
    },
  },
  {
    name: "a quantity asked for",
    reach: async (calculator) => {
      await calculator.open("?from=TH&hs=400122");
      await expect(calculator.says("How many kg?")).toBeVisible();
      await calculator.openAllFolds();
    },
  },
  {
    name: "every field wrong",
    reach: async (calculator) => {
      await calculator.open("?from=US&hs=08x&value=abc&on=2026-02-30&kg=-3");
      await expect(calculator.page.getByRole("alert")).toHaveCount(5);
    },
  },
  {
    name: "a code not in the tariff",
    reach: async (calculator) => {
      await calculator.open("?hs=999999");
      await expect(calculator.page.getByRole("alert")).toBeVisible();
    },
  },
  {
    name: "rates that did not arrive",
    complaint: /status of 404.*rates\.CN/,
    reach: async (calculator) => {
      await calculator.page.route("**/data/rates.CN.*.pack", (route) => route.fulfill({ status: 404 }));
      await calculator.open("?hs=081060");
      await expect(calculator.page.getByRole("alert")).toBeVisible();
    },
  },
  {
    name: "words that did not arrive",
    complaint: /status of 404.*messages\.en/,
    reach: async ({ page }) => {
      await page.route("**/data/messages.en.*.pack", (route) => route.fulfill({ status: 404 }));
      await page.goto("./");
      await expect(page.getByRole("alert")).toBeVisible();
    },
  },
  {
    name: "a program that did not arrive",
    complaint: /ERR_FAILED/,
    reach: async ({ page }) => {
      await page.route("**/*_bg.wasm", (route) => route.abort());
      await page.goto("./");
      await expect(page.getByRole("alert")).toBeVisible();
    },
  },
];

for (const { name, reach, complaint } of states) {
  test(name, async ({ calculator, page, expectComplaint }) => {
    if (complaint) expectComplaint(complaint);
    await reach(calculator);
    await expectAccessible(page);
  });
}

test("an answer in Chinese", async ({ chinese, page }) => {
  await chinese.open("?lang=zh&from=KH&hs=0904110090");
  await chinese.expectSaving("¥21,800");
  await expect(chinese.product).not.toHaveValue("0904.11.00.90");
  await chinese.openAllFolds();
  await expectAccessible(page);
});
