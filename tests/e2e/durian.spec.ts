// The first journey: a word, a choice, an answer, and a link that can be shared.
import { expect, test } from "./fixtures";

const DURIAN = "Durians, fresh";

test("a word becomes an answer", async ({ calculator, page, hasTouch }) => {
  await calculator.open();
  await calculator.search("durian");
  await expect(calculator.options.first()).toHaveText(/Durians, fresh0810\.60/);
  if (hasTouch) {
    await calculator.options.first().tap();
  } else {
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
  }
  await expect(calculator.list).toBeHidden();
  await expect(calculator.product).toHaveValue(DURIAN);
  await expect(calculator.code("0810.60")).toBeVisible();
  await expect(calculator.from).toHaveValue("TH");
  await expect(calculator.to).toHaveValue("CN");
  await expect(calculator.currency).toHaveValue("CNY");
  await expect(calculator.value).toHaveValue("100,000");

  await calculator.expectSaving("¥21,800");
  await expect(calculator.bar("MFN", "20% · ¥20,000")).toBeVisible();
  await expect(calculator.bar("CAFTA ✓", "0% · ¥0")).toBeVisible();
  await calculator.openWhy();
  await expect(calculator.page.getByText("CAFTA and RCEP come to the same.")).toBeVisible();
  await expect(calculator.row("CAFTA")).toHaveAccessibleName(/the lowest; needs a certificate of origin 0% ¥0/);
  await expect(calculator.says("goods ¥100,000 + duty ¥0 + VAT ¥9,000")).toBeVisible();
  await expect(calculator.says("without a certificate: ¥130,800")).toBeVisible();
  expect(new URL(page.url()).searchParams.get("hs")).toBe("081060");
});

test("every step of the arithmetic is written out", async ({ calculator }) => {
  await calculator.open("?hs=081060");
  await calculator.expectSaving("¥21,800");
  await expect(calculator.step("MFN", /^Duty/)).toBeHidden();
  await calculator.fold(calculator.words.arithmetic).click();

  await expect(calculator.step("MFN", /^By value/)).toHaveAccessibleName("By value ¥100,000.00 × 20% ¥20,000.00");
  await expect(calculator.step("MFN", /^VAT/)).toHaveAccessibleName("VAT ¥120,000.00 × 9% ¥10,800.00");
  await expect(calculator.step("MFN", /^Duty and tax/)).toHaveAccessibleName("Duty and taxes ¥30,800.00");
  await expect(calculator.step("CAFTA", /^By value/)).toHaveAccessibleName("By value ¥100,000.00 × 0% ¥0.00");
  await expect(calculator.step("CAFTA", /^VAT/)).toHaveAccessibleName("VAT ¥100,000.00 × 9% ¥9,000.00");
  await expect(calculator.step("CAFTA", /^Duty and tax/)).toHaveAccessibleName("Duty and taxes ¥9,000.00");
});

test("back, forward and a reload show what the address says", async ({ calculator, page }) => {
  await calculator.open();
  await page.getByRole("link", { name: "Thailand → China · Durians, fresh" }).click();
  await calculator.expectSaving("¥21,800");
  await calculator.from.selectOption({ label: "Viet Nam" });
  await expect(page).toHaveURL(/\?from=VN&hs=081060$/);
  await calculator.expectSaving("¥21,800");

  await page.reload();
  await calculator.expectSaving("¥21,800");
  await expect(calculator.from).toHaveValue("VN");
  await expect(calculator.product).toHaveValue(DURIAN);

  await page.goBack();
  await expect(calculator.from).toHaveValue("TH");
  await calculator.expectSaving("¥21,800");
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Try one" })).toBeVisible();
  await expect(calculator.product).toHaveValue("");
  await calculator.expectNoAnswer();
  await page.goForward();
  await calculator.expectSaving("¥21,800");
});

test("typing changes the answer and keeps the place", async ({ calculator, page }) => {
  await calculator.open("?hs=081060");
  await calculator.expectSaving("¥21,800");
  await calculator.fold(calculator.words.arithmetic).click();

  await calculator.value.fill("");
  for (const digit of "50000") {
    await page.keyboard.type(digit);
    await expect(calculator.value).toBeFocused();
  }
  await calculator.expectSaving("¥10,900");
  await expect(page).toHaveURL(/value=50000/);
  await expect(calculator.step("MFN", /^By value/), "details stay open").toBeVisible();

  // In the middle of the number the caret stays where it is: 5|0000 becomes 51|0000, then 512|0000.
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.type("12");
  await expect(calculator.value).toHaveValue("5120000");
  await calculator.expectSaving("¥1,116,160");
  await expect(calculator.value).toBeFocused();
});

test("a value in another currency asks for its rate", async ({ calculator, page }) => {
  await calculator.open("?hs=081060");
  await calculator.expectSaving("¥21,800");
  await calculator.currency.selectOption("USD");
  await calculator.value.fill("10,000");
  await calculator.rate.fill("7.10");
  await calculator.expectSaving("¥15,478");
  await page.reload();
  await calculator.expectSaving("¥15,478");
  await expect(calculator.rate).toHaveValue("7.10");
});

test("the finder is started by whoever looks for a product, and by nobody else", async ({ calculator, page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await calculator.open("?hs=081060");
  await calculator.expectSaving("¥21,800");
  await expect(calculator.product).toHaveValue(DURIAN);
  expect(asked.filter((url) => /finder|index\./.test(url))).toEqual([]);
  expect(page.workers()).toEqual([]);
  await calculator.search("pepper");
  expect(page.workers()).toHaveLength(1);
});

test("who presses enter before anything is found gets the best of what is found", async ({ calculator, page }) => {
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  await page.route("**/data/index.en.*.pack", async (route) => {
    await arrived;
    await route.continue();
  });
  await calculator.open();
  await calculator.product.click();
  await calculator.product.pressSequentially("durian");
  await calculator.product.press("Enter");
  await calculator.expectNoAnswer();
  arrive();
  await expect(calculator.product).toHaveValue(DURIAN);
  await calculator.expectSaving("¥21,800");
});

test("details are made by a program that starts with the first fold that is opened", async ({ calculator, page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await calculator.open("?hs=081060");
  await calculator.expectSaving("¥21,800");
  await expect(calculator.product).toHaveValue(DURIAN);
  expect(asked.filter((url) => url.includes("details"))).toEqual([]);
  await calculator.openAllFolds();
  await expect(calculator.step("MFN", /^By value/)).toBeVisible();
  expect(page.workers()).toHaveLength(1);
});

test("open details never show an answer to another question", async ({ calculator, page }) => {
  await calculator.open("?hs=081060");
  await calculator.fold(calculator.words.arithmetic).click();
  const step = calculator.step("MFN", /^By value/);
  await expect(step).toHaveAccessibleName("By value ¥100,000.00 × 20% ¥20,000.00");
  const seen = await page.evaluate(async () => {
    const value = document.querySelector<HTMLInputElement>("#value")!;
    value.value = "50000";
    value.dispatchEvent(new Event("input", { bubbles: true }));
    const seen: string[] = [];
    for (let frame = 0; frame < 60; frame++) {
      await new Promise(requestAnimationFrame);
      const table = document.querySelector<HTMLElement>("table")!;
      if (getComputedStyle(table).visibility === "visible" && table.innerText.includes("100,000")) seen.push(table.innerText);
    }
    return seen;
  });
  expect(seen, "no frame shows the old arithmetic").toEqual([]);
  await expect(step).toHaveAccessibleName("By value ¥50,000.00 × 20% ¥10,000.00");
  await calculator.language.selectOption("中文");
  await expect(page.getByRole("rowheader", { name: /50,000\.00 × 20%/ })).toBeVisible();
});
