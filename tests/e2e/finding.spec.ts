// What the list under the product field offers when a word is vague, misspelt, unknown, or nothing is typed yet. Choosing itself is in
// durian.spec.ts and keyboard.spec.ts; the ranking is tested without a browser.
import { expect, test } from "./fixtures";

test("a vague word asks where, and leads to the products", async ({ calculator, page }) => {
  await calculator.open();
  await calculator.search("parts");
  const question = calculator.says("“parts” is in many places. Where?");
  await expect(question).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "“parts” is in many places. Where?" })).toBeAttached();
  const families = await calculator.options.allInnerTexts();
  expect(families.length).toBeGreaterThan(3);
  expect(families.length).toBeLessThanOrEqual(12);
  for (const family of families) expect(family).toMatch(/\d+ products found$/);

  // One step, or two where a chapter has many headings with such parts; the word stays.
  let within = "";
  while (await question.isVisible()) {
    const members = await calculator.options.first().getAttribute("data-type");
    await calculator.product.press("ArrowDown");
    await calculator.product.press("Enter");
    await expect(calculator.product).toHaveValue(members!);
    within = members!.replace(" parts", "");
    // The list of the members, in place of that of the families.
    const member = new RegExp(`^${within}\\d`);
    const first = calculator.options.first();
    await expect.poll(async () => (await first.getAttribute("data-hs")) ?? (await first.getAttribute("data-type"))).toMatch(member);
  }
  expect(within).toMatch(/^\d{2,4}$/);
  for (const product of await calculator.options.all()) {
    await expect(product).toHaveAttribute("data-hs", new RegExp(`^${within}`));
  }
  await calculator.product.press("ArrowDown");
  await calculator.product.press("Enter");
  await expect(page).toHaveURL(new RegExp(`hs=${within}`));
});

test("the words that are meant are marked", async ({ calculator }) => {
  await calculator.open();
  await calculator.search("fresh duri");
  await expect(calculator.options.first().getByRole("mark")).toHaveText(["Durians", "fresh"]);
});

test("nothing found offers near words", async ({ calculator }) => {
  await calculator.open();
  await calculator.search("duurriaan");
  await expect(calculator.says("Nothing found. Did you mean:")).toBeVisible();
  await calculator.options.filter({ hasText: /^durian$/ }).click();
  await expect(calculator.product).toHaveValue("durian");
  await expect(calculator.options.first()).toHaveText(/Durians, fresh.*0810\.60/s);
});

test("nothing found leads to the tariff, and keeps direction, value and language", async ({ calculator, page }) => {
  await calculator.open("?from=CN&to=VN&value=5%2C000");
  await calculator.product.click();
  await calculator.product.pressSequentially("qqqqxzzz");
  await calculator.says("Browse the tariff").getByRole("link").click();
  await expect(page).toHaveURL(/\?browse=&from=CN&to=VN&value=5,000$/);
  await expect(page.getByRole("heading", { level: 2 })).toHaveText("Browse the tariff");
  await expect(calculator.list).toBeHidden();
});

test("what was chosen before is offered, on this device and after a reload", async ({ calculator, page }) => {
  await calculator.open();
  for (const [word, label] of [
    ["durian", /^Durians, fresh/],
    ["rice bran", /^Bran, sharps/],
  ] as const) {
    await calculator.product.fill("");
    await calculator.search(word);
    await calculator.options.filter({ hasText: label }).click();
    await expect(calculator.list).toBeHidden();
  }
  await calculator.open();
  await calculator.product.click();
  await expect(calculator.says("Chosen before")).toBeVisible();
  await expect(calculator.options).toHaveText([/^Bran, sharps.*2302\.40/, /^Durians, fresh.*0810\.60/]);
  await calculator.options.filter({ hasText: "Durians" }).click();
  await expect(page).toHaveURL(/hs=081060/);
});

test("a word of another language than the interface finds", async ({ calculator }) => {
  await calculator.open();
  for (const word of ["榴莲", "ทุเรียน", "sầu riêng"]) {
    await calculator.product.fill("");
    await calculator.search(word);
    await expect(calculator.options.first()).toHaveText(/Durians, fresh/);
  }
});

test("Vietnamese is found without its marks", async ({ calculator }) => {
  await calculator.open();
  await calculator.search("sau rieng");
  await expect(calculator.options.first()).toHaveText(/Durians, fresh/);
});
