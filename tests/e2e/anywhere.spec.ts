// The page as it is met elsewhere than on a usual screen: read aloud, beside a keyboard on the screen, magnified, very large, in the colours
// of the system.
import { expectNoSidewaysScroll } from "./calculator";
import { expect, test } from "./fixtures";

test("what a screen reader meets, in order", async ({ calculator, page }) => {
  await calculator.open("?hs=081060");
  await calculator.expectSaving("¥21,800");
  await expect(page.locator("body")).toMatchAriaSnapshot(`
    - banner:
      - heading "CAFTA duty calculator" [level=1]
      - combobox "Language"
    - main:
      - form "Your shipment":
        - text: I ship
        - 'combobox "Product: a word or an HS code"': Durians, fresh
        - text: "0810.60"
        - status
        - text: from
        - combobox "Country of origin"
        - text: to
        - combobox "Importing country"
        - text: ", worth"
        - combobox "Currency"
        - 'textbox "Customs value: cost, insurance and freight to the border"': 100,000
        - text: at the border. It arrives on
        - textbox "Day of import": 2026-11-22
        - text: .
        - button "⇄ Other direction"
        - button "Not sure? Keep another code"
        - link "Browse the tariff"
      - status: "With a certificate of origin your buyer saves ¥21,800. CAFTA cuts the duty: 20% becomes 0%. That is duty ¥20,000 + VAT ¥1,800."
      - paragraph: With a certificate of origin your buyer saves
      - paragraph: ¥21,800
      - paragraph:
        - button "What is CAFTA?"
      - heading "Duty by agreement" [level=2]
      - list:
        - listitem: MFN 20% · ¥20,000
        - listitem: CAFTA ✓ 0% · ¥0
        - listitem: RCEP 0% · ¥0
      - heading "Cost at the border" [level=2]
      - heading "From 1 January" [level=2]
      - heading "Paper you need" [level=2]
      - group: /Is the certificate worth it/
      - group: /Why this rate/
      - group: /Other countries/
      - group: /The arithmetic/
      - group: /The years to come/
      - group: /Sources/
      - group: /Keep the proof/
    - contentinfo:
      - paragraph:
        - link "About the data"
  `);
});

test("a keyboard on the screen leaves room for what is offered", async ({ calculator, page }) => {
  // What a phone of 844 pixels has left above its keyboard; the page asks browsers to give it no more.
  await calculator.open();
  await expect(page.locator("meta[name=viewport]")).toHaveAttribute("content", /interactive-widget=resizes-content/);
  await page.setViewportSize({ width: 390, height: 420 });
  await calculator.search("rice");
  for (const place of [0, 1, 2]) await expect(calculator.options.nth(place)).toBeInViewport({ ratio: 0.5 });
  // The last is reached with the arrow, and shown.
  await calculator.product.press("ArrowUp");
  await expect(calculator.options.last()).toBeInViewport({ ratio: 0.9 });
});

for (const [what, width] of [
  ["the narrowest phone, and 1,280 pixels at 400 %", 320],
  ["640 pixels, as 1,280 at 200 %", 640],
  ["4K", 3840],
] as const) {
  test(`fits ${what}`, async ({ calculator, page }) => {
    await page.setViewportSize({ width, height: width > 1000 ? 2160 : 640 });
    await calculator.open("?hs=081060");
    await calculator.expectSaving("¥21,800");
    await calculator.openAllFolds();
    await expectNoSidewaysScroll(page, width);
    // Lines stay as long as people read.
    expect((await page.getByRole("main").boundingBox())!.width).toBeLessThanOrEqual(980);
  });
}

test("in the colours of the system bars and the focus can still be seen", async ({ calculator, page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await calculator.open("?hs=081060");
  const bar = page.locator(".bar .least").first();
  const paper = await page.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor);
  await expect(bar).not.toHaveCSS("fill", paper);
  await calculator.value.focus();
  await expect(calculator.value).toHaveCSS("outline-style", "solid");
});

test("nothing moves, whoever asks for that or not", async ({ calculator, page }) => {
  await calculator.open("?hs=081060");
  await calculator.openAllFolds();
  const moving = await page.evaluate(() => document.getAnimations().length);
  expect(moving).toBe(0);
});
