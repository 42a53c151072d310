// Wrong input: every message is beside its field, the text stays, and nothing breaks.
import { expectRight, expectWrong } from "./calculator";
import { expect, test } from "./fixtures";

test("a value that makes no sense is refused beside its field, and keeps its text", async ({ calculator }) => {
  await calculator.open("?hs=081060");
  for (const [text, message] of [
    ["12,34", "Not a plain number. Write 10000 or 10,000.50."],
    ["abc", "Not a plain number. Write 10000 or 10,000.50."],
    ["", "Type a number."],
    ["-1", "Must not be negative."],
    ["9".repeat(40), "Too large, or too many digits."],
  ] as const) {
    await calculator.value.fill(text);
    await expectWrong(calculator.value, message);
    await expect(calculator.value).toHaveValue(text);
    await expect(calculator.value).toBeFocused();
    await calculator.expectNoAnswer();

    await calculator.value.fill("100,000.00");
    await expectRight(calculator.value);
    await calculator.expectSaving("¥21,800");
  }
});

test("a code that is not in the tariff says so", async ({ calculator, page }) => {
  await calculator.open("?hs=999999");
  await expect(page.getByRole("alert")).toHaveText("9999.99 is not in the tariff. Check the code, or search by a word.");
  await expect(calculator.product).toHaveValue("9999.99");
  await calculator.expectNoAnswer();
});

test("a code of a link that is none is refused beside the product", async ({ calculator, page }) => {
  for (const [code, message] of [
    ["08", "A code has 4 to 10 digits; this one has 2."],
    ["08x", "A code is digits only; “x” is not one."],
    ["08106000001", "A code has 4 to 10 digits; this one has 11."],
  ] as const) {
    await calculator.open(`?hs=${code}`);
    await expectWrong(calculator.product, message);
    await expect(calculator.product).toHaveValue(code);
    await calculator.expectNoAnswer();
  }
  // Starting anew takes the message away.
  await calculator.search("durian");
  await expectRight(calculator.product);
  await page.keyboard.press("Enter");
  await calculator.expectSaving("¥21,800");
});

test("a code typed and left counts as typed", async ({ calculator, page }) => {
  await calculator.open();
  await calculator.search("08");
  await page.keyboard.press("Tab");
  await expectWrong(calculator.product, "A code has 4 to 10 digits; this one has 2.");
  await expect(calculator.product).toHaveValue("08");

  await calculator.search("0810.60");
  await page.keyboard.press("Tab");
  await calculator.expectSaving("¥21,800");
  await expect(calculator.from).toBeFocused();
});

test("words that are left without a choice are let go", async ({ calculator, page }) => {
  await calculator.open("?hs=081060");
  await expect(calculator.product).toHaveValue("Durians, fresh");
  await calculator.search("pepper");
  await page.keyboard.press("Tab");
  await expect(calculator.product).toHaveValue("Durians, fresh");
  await calculator.expectSaving("¥21,800");
});

test("a word nobody sells finds nothing, and says so", async ({ calculator, page }) => {
  await calculator.open();
  await calculator.product.click();
  await calculator.product.pressSequentially("qqqqxzzz");
  await expect(calculator.says("Nothing found. Try another word, type the HS code, or browse the tariff.")).toBeVisible();
  await page.keyboard.press("Enter");
  await calculator.expectNoAnswer();
});

test("an origin outside ASEAN is refused and can be mended", async ({ calculator }) => {
  await calculator.open("?from=US&hs=081060");
  await expectWrong(calculator.from, "Choose China or a member of ASEAN.");
  await expect(calculator.from).toHaveValue("US");
  await calculator.expectNoAnswer();
  await calculator.from.selectOption({ label: "Malaysia" });
  await expectRight(calculator.from);
  await calculator.expectSaving("¥21,800");
});

test("China to China is refused", async ({ calculator }) => {
  await calculator.open("?from=CN&hs=081060");
  await expectWrong(calculator.from, "Origin and destination are the same country.");
});

test("a tariff that is not published says so", async ({ calculator, page }) => {
  // Every tariff is published, so this page is served without the name of one.
  await page.route(/\/\?from=CN/, async (route) => {
    const html = await (await route.fetch()).text();
    await route.fulfill({ contentType: "text/html", body: html.replace(/( rates\.[^ "]*)\.VN/, "$1") });
  });
  await calculator.open("?from=CN&to=VN&hs=081060");
  await expect(page.getByRole("alert")).toContainText("This edition does not hold the tariff of that country yet.");
});

test("a day that does not exist is refused and can be mended", async ({ calculator, page }) => {
  await calculator.open("?hs=081060&on=2026-02-30");
  await expectWrong(calculator.day, "Write the day as 2026-11-22.");
  // A date field cannot show such a day, so the text is kept in the address.
  await expect(page).toHaveURL(/on=2026-02-30/);
  await calculator.expectNoAnswer();
  await calculator.day.fill("2026-12-24");
  await expectRight(calculator.day);
  await calculator.expectSaving("¥21,800");
});

test("days far away break nothing", async ({ calculator, page }) => {
  for (const day of ["0001-01-01", "1999-12-31", "9999-12-31"]) {
    await calculator.open(`?hs=081060&on=${day}`);
    await expect(page.getByRole("contentinfo")).toBeVisible();
    await expect(page.getByRole("main")).toContainText(/MFN|Write the day/);
  }
});

test("the code of another country’s line is answered by its six digits", async ({ calculator, page }) => {
  await calculator.open("?from=VN&hs=1006301000");
  await expect(page.getByText(/six digits all countries share/)).toHaveText(
    "The tariff of China has no line 1006.30.10.00. These are its lines under 1006.30, the six digits all countries share.",
  );
  await expect(page.getByRole("heading", { name: "Which one is it?" })).toBeVisible();
  await expect(calculator.code("1006.30.10.00")).toBeVisible();
});

test("a link full of nonsense still opens", async ({ calculator, page }) => {
  const nonsense = "?from=%00&to=%F0%9F%8D%88&hs=" + "9".repeat(500) + "&value=%3Cb%3E1%3C/b%3E&on=tomorrow&lang=xx&kg=kg&&=&foo=bar#baz";
  await calculator.open(nonsense);
  await expect(calculator.value).toHaveValue("<b>1</b>");
  await expect(page.getByRole("alert").first()).toBeVisible();
  await calculator.expectNoAnswer();
});
