// Goods of China going to the members of ASEAN: each kind of duty, tax and gap once.
import { expect, test } from "./fixtures";

test("from China to Thailand: the higher of two duties, and a tax one may correct", async ({ calculator, page }) => {
  await calculator.open("?from=CN&hs=080810&to=TH");
  await expect(calculator.says("How many kg?")).toBeVisible();
  await expect(calculator.value).toHaveValue("500,000");
  await calculator.kilograms.fill("10000");
  // MFN: 10 % of 500,000 = 50,000, more than 3 × 10,000 = 30,000. VAT 7 % of that: 3,500.
  await calculator.expectSaving("฿53,500");
  await expect(calculator.bar("CAFTA ✓", "0% · ฿0")).toBeVisible();

  const tax = page.getByRole("textbox", { name: "Rate of VAT in percent" });
  await expect(tax).toHaveAttribute("placeholder", "7");
  await tax.fill("10");
  await calculator.expectSaving("฿55,000");
  await expect(page).toHaveURL(/vat=10/);
  await tax.fill("700");
  await expect(page.getByRole("alert").first()).toBeVisible();
  await expect(tax).toHaveValue("700");
});

test("Viet Nam refuses China its CAFTA rate on yarn; RCEP has one", async ({ calculator }) => {
  await calculator.open("?from=CN&hs=540233&to=VN");
  await expect(calculator.bar("RCEP ✓", "0% · ₫0")).toBeVisible();
  await calculator.openWhy();
  await expect(calculator.row("CAFTA")).toHaveAccessibleName(/goods of this origin are refused the rate on this line refused – A/);
  await expect(calculator.says("RCEP proof of origin")).toBeVisible();
});

test("Singapore's beer is charged by the alcohol in it", async ({ calculator, page }) => {
  await calculator.open("?from=CN&hs=22030011&to=SG");
  await page.getByRole("textbox", { name: "Quantity in litres", exact: true }).fill("100");
  await expect(calculator.says("How many % alcohol by volume?")).toBeVisible();
  await page.getByRole("textbox", { name: "Quantity in % alcohol by volume" }).fill("5");
  // 100 L × 5 % × 16 = 80.00, and GST 9 % of it = 7.20.
  await calculator.expectSaving("SGD\u00a087.20");
});

test("Cambodia's petrol duty is fixed in dollars and needs their rate", async ({ calculator, page }) => {
  await calculator.open("?from=CN&hs=27101211&to=KH&L=1000");
  await expect(calculator.says("How many KHR is one USD?")).toBeVisible();
  await calculator.currency.selectOption("USD");
  await calculator.value.fill("15000");
  await calculator.rate.fill("4010");
  // 15 % of 60,150,000 = 9,022,500; 0.02 × 1,000 × 4,010 = 80,200.
  await calculator.openWhy();
  await expect(calculator.row("MFN")).toHaveAccessibleName(/KHR\s9,102,700/);
  await expect(page).toHaveURL(/rate=4010/);
});

test("what may not be imported says so", async ({ calculator, page }) => {
  await calculator.open("?from=CN&hs=12079100&to=LA");
  await expect(calculator.says("Not allowed in")).toBeVisible();
  await calculator.openWhy();
  await expect(page.getByRole("row", { name: /CAFTA import is prohibited/ })).toBeVisible();
});

test("Timor-Leste takes part in neither agreement", async ({ calculator }) => {
  await calculator.open("?from=CN&hs=081060&to=TL");
  await calculator.openWhy();
  await expect(calculator.row("CAFTA")).toHaveAccessibleName(/Timor-Leste joined ASEAN on 26 October 2025/);
  await expect(calculator.bar("MFN ✓", "5% · $1,000")).toBeVisible();
});

test("an agreement without a table is not known, never free", async ({ calculator }) => {
  await calculator.open("?from=CN&hs=640319&to=PH");
  await calculator.expectSaving("₱89,600");
  await calculator.openWhy();
  await expect(calculator.row("RCEP")).toHaveAccessibleName(/our sources do not say not known –/);
});

test("what no source says is not called nothing", async ({ calculator }) => {
  await calculator.open("?from=CN&hs=87116095&to=ID");
  await expect(calculator.says("?")).toBeVisible();
  await expect(calculator.page.getByText(/no source at hand has the rate of CAFTA, RCEP/).last()).toBeVisible();
  await expect(calculator.bar("MFN", "40% · Rp\u00a080,000,000")).toBeVisible();
});

test("the direction turns around, and China never trades with itself", async ({ calculator, page }) => {
  await calculator.open("?from=TH&hs=081060");
  await page.getByRole("button", { name: "Other direction" }).click();
  await expect(calculator.from).toHaveValue("CN");
  await expect(calculator.to).toHaveValue("TH");
  await calculator.from.selectOption("TH");
  await expect(calculator.to).toHaveValue("CN");
  await calculator.to.selectOption("VN");
  await expect(calculator.page.getByText("Trade within ASEAN is not covered. Ship to or from China.")).toBeVisible();
  await calculator.expectNoAnswer();
});

test("lines without a Chinese label have their English one", async ({ chinese, page }) => {
  await chinese.open("?from=CN&hs=871160&lang=zh&to=ID");
  await expect(page.getByRole("link", { name: /^Completely knocked down \(CKD\), bicycles/ })).toBeVisible();
});

test("the page about the data counts every tariff and can be left again", async ({ calculator, page }) => {
  await calculator.open();
  await page.getByRole("link", { name: "About the data" }).click();
  await expect(page.getByRole("heading", { name: "About the data", level: 1 })).toBeVisible();
  await expect(page.getByRole("region")).toHaveCount(12);
  const vietNam = page.getByRole("region", { name: "Viet Nam" });
  await expect(vietNam.getByRole("row", { name: /^CAFTA/ })).toBeVisible();
  await page.getByRole("link", { name: "To the calculator" }).click();
  await expect(calculator.product).toBeVisible();
});
