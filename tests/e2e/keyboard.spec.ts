// The journey with keys alone, places to touch that are large enough, and pages that fit.
import type { Locator, Page } from "@playwright/test";
import { type Calculator, expectNoSidewaysScroll } from "./calculator";
import { expect, test } from "./fixtures";

/** That the focus is on an element, and can be seen there. */
async function expectVisiblyFocused(element: Locator): Promise<void> {
  await expect(element).toBeFocused();
  await expect(element).toHaveCSS("outline-style", "solid");
  const width = await element.evaluate((focused) => Number.parseFloat(getComputedStyle(focused).outlineWidth));
  expect(width).toBeGreaterThanOrEqual(2);
  await expect(element).toBeInViewport();
}

test("the whole journey with keys alone", async ({ calculator, page }) => {
  const { keyboard } = page;
  await calculator.open();
  for (const element of [calculator.language, calculator.product]) {
    await keyboard.press("Tab");
    await expectVisiblyFocused(element);
  }

  await keyboard.type("durian");
  await calculator.expectOffers();
  await expect(calculator.options.first()).toContainText("Durians, fresh");
  await expect(calculator.product).toHaveAttribute("aria-expanded", "true");
  await expect(calculator.product).not.toHaveAttribute("aria-activedescendant");

  // Down to the first, up round to the last: the pointer follows, the focus stays.
  for (const [key, option] of [
    ["ArrowDown", calculator.options.first()],
    ["ArrowUp", calculator.options.last()],
    ["ArrowDown", calculator.options.first()],
  ] as const) {
    await keyboard.press(key);
    await expect(option).toHaveAttribute("aria-selected", "true");
    await expect(calculator.list.getByRole("option", { selected: true })).toHaveCount(1);
    await expect(calculator.product).toHaveAttribute("aria-activedescendant", (await option.getAttribute("id"))!);
    await expect(option).toBeInViewport();
    await expectVisiblyFocused(calculator.product);
  }

  await keyboard.press("Escape");
  await expect(calculator.list).toBeHidden();
  await expect(calculator.product).toHaveAttribute("aria-expanded", "false");
  await expect(calculator.product).not.toHaveAttribute("aria-activedescendant");
  await expect(calculator.product).toHaveValue("");
  await expectVisiblyFocused(calculator.product);

  await keyboard.type("durian");
  await calculator.expectOffers();
  await keyboard.press("ArrowDown");
  await keyboard.press("Enter");
  await calculator.expectSaving("¥21,800");
  await expectVisiblyFocused(calculator.product);

  // A closed list opens with the arrow, and closes without a change.
  await keyboard.press("ArrowDown");
  await calculator.expectOffers();
  await keyboard.press("Escape");
  await expect(calculator.list).toBeHidden();
  await expect(calculator.product).toHaveValue("Durians, fresh");

  await keyboard.press("Tab");
  await expectVisiblyFocused(calculator.from);
  await keyboard.type("Viet");
  await expect(calculator.from).toHaveValue("VN");
  await expectVisiblyFocused(calculator.from);
  for (const element of [calculator.to, calculator.currency, calculator.value]) {
    await keyboard.press("Tab");
    await expectVisiblyFocused(element);
  }
  await keyboard.type("50000");
  await calculator.expectSaving("¥10,900");
  await expectVisiblyFocused(calculator.value);

  // Past the three parts of the day, to the term that explains itself.
  const term = page.getByRole("button", { name: "What is CAFTA?" });
  await keyboard.press("Tab");
  await expectVisiblyFocused(calculator.day);
  await tabTo(page, term);
  await expectVisiblyFocused(term);
  await keyboard.press("Enter");
  const explanation = page.getByRole("note").filter({ hasText: "Form E" });
  await expect(explanation).toBeVisible();
  await keyboard.press("Escape");
  await expect(explanation).toBeHidden();
  await expectVisiblyFocused(term);

  // On to the details, opened and closed by a key.
  const fold = calculator.fold(calculator.words.arithmetic);
  await tabTo(page, fold);
  await expectVisiblyFocused(fold);
  await keyboard.press("Enter");
  await expect(calculator.step("CAFTA", /^VAT/)).toHaveAccessibleName("VAT ¥50,000.00 × 9% ¥4,500.00");
  await keyboard.press("Space");
  await expect(calculator.step("CAFTA", /^VAT/)).toBeHidden();
});

async function tabTo(page: Page, element: Locator): Promise<void> {
  for (let pressed = 0; pressed < 40; pressed++) {
    await page.keyboard.press("Tab");
    if (await element.evaluate((wanted) => wanted === document.activeElement)) return;
  }
  throw new Error("no Tab leads there");
}

const states: { name: string; search: string; reach: (calculator: Calculator) => Promise<void> }[] = [
  {
    name: "nothing asked yet",
    search: "",
    reach: (calculator) => expect(calculator.page.getByRole("link", { name: /Durians/ })).toBeVisible(),
  },
  { name: "the list of products", search: "", reach: (calculator) => calculator.search("fruit") },
  {
    name: "an answer with all details open",
    search: "?from=KH&hs=0904110090",
    reach: async (calculator) => {
      await calculator.expectSaving("¥21,800");
      await expect(calculator.product).toHaveValue(/^Pepper/);
      await calculator.openAllFolds();
    },
  },
  {
    name: "a large amount",
    search: "?hs=081060&value=999999999999.99",
    reach: (calculator) => expect(calculator.says("¥218,000,000,000")).toBeVisible(),
  },
  {
    name: "a choice of lines",
    search: "?from=VN&hs=1006",
    reach: (calculator) => expect(calculator.page.getByRole("link", { name: /Long grain, in quota/ }).first()).toBeVisible(),
  },
  {
    name: "several codes",
    search: "?hs=081060,081090,01012100,090111,640319",
    reach: (calculator) => expect(calculator.page.getByRole("link", { name: "Leave out 0810.90" })).toBeVisible(),
  },
  {
    name: "a quantity asked for",
    search: "?from=TH&hs=400122",
    reach: async (calculator) => {
      await expect(calculator.says("How many kg?")).toBeVisible();
      await expect(calculator.product).toHaveValue(/^Technically/);
    },
  },
  {
    name: "every field wrong",
    search: "?from=US&hs=08x&value=abc&on=2026-02-30&kg=-3",
    reach: (calculator) => expect(calculator.page.getByRole("alert")).toHaveCount(5),
  },
];

for (const { name, search, reach } of states) {
  // 320 px is the narrowest phone, and 1280 px enlarged four times; 640 px is 1280 px enlarged twice.
  test(`fits a narrow screen and a finger: ${name}`, async ({ calculator, page, hasTouch }) => {
    if (!hasTouch) await page.setViewportSize({ width: 640, height: 800 });
    await calculator.open(search);
    await reach(calculator);
    if (hasTouch) {
      expect(await tooSmall(page), "places to touch are at least 24 px wide and high").toEqual([]);
    } else {
      await expectNoSidewaysScroll(page, 640);
    }
    await page.setViewportSize({ width: 320, height: 640 });
    await expectNoSidewaysScroll(page, 320);
  });
}

/** What a finger cannot hit: smaller than 24 × 24 px (WCAG 2.5.8). A link inside a sentence is exempt. */
async function tooSmall(page: Page): Promise<string[]> {
  const roles = ["link", "button", "combobox", "textbox", "option"] as const;
  const places = [...roles.map((role) => page.getByRole(role)), page.getByLabel("Day of import"), page.getByText(/^(Why this rate|The arithmetic|Sources)/)];
  const found = places.map((place) =>
    place.evaluateAll((elements) =>
      elements
        .filter((element) => {
          // The options of a select are drawn by the browser.
          if (element instanceof HTMLOptionElement) return false;
          const parent = element.parentElement;
          const inSentence = element instanceof HTMLAnchorElement && parent instanceof HTMLParagraphElement && parent.textContent !== element.textContent;
          const { width, height } = element.getBoundingClientRect();
          return !inSentence && (width < 24 || height < 24);
        })
        .map((element) => `${element.getBoundingClientRect().width} × ${element.getBoundingClientRect().height}: ${element.outerHTML.slice(0, 120)}`),
    ),
  );
  return (await Promise.all(found)).flat();
}
