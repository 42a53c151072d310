// The page as a person meets it: fields by their names, figures by their words. The journeys say what to do with them.
import { expect, type Locator, type Page } from "@playwright/test";

export type Words = {
  title: string;
  language: string;
  product: string;
  from: string;
  to: string;
  currency: string;
  value: string;
  rate: string;
  day: string;
  kilograms: string;
  saves: string;
  why: RegExp;
  arithmetic: RegExp;
  sources: RegExp;
};

export const ENGLISH: Words = {
  title: "CAFTA duty calculator",
  language: "Language",
  product: "Product: a word or an HS code",
  from: "Country of origin",
  to: "Importing country",
  currency: "Currency",
  value: "Customs value: cost, insurance and freight to the border",
  rate: "Exchange rate",
  day: "Day of import",
  kilograms: "Quantity in kg",
  saves: "With a certificate of origin your buyer saves",
  why: /^Why this rate/,
  arithmetic: /^The arithmetic/,
  sources: /^Sources/,
};

export const CHINESE: Words = {
  title: "中国—东盟关税计算器",
  language: "语言",
  product: "商品：名称或HS编码",
  from: "原产国",
  to: "进口国",
  currency: "币种",
  value: "完税价格：含运抵口岸前的货价、运费和保险费",
  rate: "汇率",
  day: "进口日期",
  kilograms: "数量（千克）",
  saves: "凭原产地证书，您的买家可节省",
  why: /^为什么是这个税率/,
  arithmetic: /^计算过程/,
  sources: /^资料来源/,
};

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Remembers which workers owe the page a reply: the first, that they are ready, or one to what they were asked last. For `addInitScript`. */
export function watchWorkers(): void {
  const busy = new Set<Worker>();
  Object.assign(window, { isWaitingForWorkers: () => busy.size > 0 });
  window.Worker = class extends Worker {
    constructor(address: string | URL, options?: WorkerOptions) {
      super(address, options);
      busy.add(this);
      for (const event of ["message", "error"]) this.addEventListener(event, () => busy.delete(this));
    }

    override postMessage(...message: [unknown, ...unknown[]]): void {
      busy.add(this);
      (super.postMessage as (...message: unknown[]) => void)(...message);
    }
  };
}

export class Calculator {
  readonly product: Locator;
  readonly from: Locator;
  readonly to: Locator;
  readonly currency: Locator;
  readonly value: Locator;
  readonly rate: Locator;
  readonly day: Locator;
  readonly kilograms: Locator;
  readonly list: Locator;
  readonly options: Locator;
  readonly language: Locator;

  constructor(
    readonly page: Page,
    readonly words: Words,
  ) {
    this.product = page.getByRole("combobox", { name: words.product, exact: true });
    this.from = page.getByRole("combobox", { name: words.from, exact: true });
    this.to = page.getByRole("combobox", { name: words.to, exact: true });
    this.currency = page.getByRole("combobox", { name: words.currency, exact: true });
    this.value = page.getByRole("textbox", { name: words.value, exact: true });
    this.rate = page.getByRole("textbox", { name: words.rate, exact: true });
    this.day = page.getByLabel(words.day, { exact: true });
    this.kilograms = page.getByRole("textbox", { name: words.kilograms, exact: true });
    this.list = page.getByRole("listbox", { name: words.product });
    this.options = this.list.getByRole("option");
    this.language = page.getByRole("combobox", { name: words.language, exact: true });
  }

  /** Opens a link; ready when the sentence can be filled in. */
  async open(search = ""): Promise<void> {
    await this.page.goto(`./${search}`);
    await expect(this.product).toBeVisible();
  }

  /** The code shown beside the product. */
  code(dotted: string): Locator {
    return this.page.getByRole("form").getByText(dotted, { exact: true });
  }

  /** A paragraph that says this and nothing else. */
  says(text: string): Locator {
    return this.page.getByRole("paragraph").filter({ hasText: new RegExp(`^${escaped(text)}$`) });
  }

  /** The answer in one number, under the words that say what it is. */
  async expectSaving(figure: string): Promise<void> {
    await expect(this.says(figure)).toBeVisible();
    await expect(this.says(this.words.saves)).toBeVisible();
  }

  /** That there is no answer at all. */
  async expectNoAnswer(): Promise<void> {
    await expect(this.says(this.words.saves)).toBeHidden();
    await expect(this.page.getByRole("table")).toBeHidden();
    await expect(this.fold(this.words.why)).toBeHidden();
  }

  /** The bar of a regime with its figure; `✓` on the best one. */
  bar(regime: string, figure: string): Locator {
    return this.page.getByRole("listitem").filter({ hasText: new RegExp(`^${escaped(regime)}\\s*${escaped(figure)}$`) });
  }

  /** Opens the comparison of all regimes. */
  async openWhy(): Promise<void> {
    await this.fold(this.words.why).click();
    await expect(this.page.getByRole("table").first()).toBeVisible();
  }

  /** The row of a regime in the comparison. */
  row(regime: string): Locator {
    return this.page.getByRole("row").filter({ has: this.page.getByRole("button", { name: regime, exact: true }) });
  }

  /** A row of the arithmetic under a regime. */
  step(regime: string, name: RegExp): Locator {
    return this.page.getByRole("table", { name: regime, exact: true }).getByRole("row", { name });
  }

  /** The line that opens and closes details. */
  fold(title: RegExp): Locator {
    return this.page.getByText(title);
  }

  async openAllFolds(): Promise<void> {
    const folds = this.page.locator("details > summary");
    await expect(folds.first()).toBeVisible();
    for (const fold of await folds.all()) await fold.click();
    await expect(this.page.locator("[aria-busy]:visible")).toHaveCount(0);
    await expect(this.page.getByRole("heading", { level: 3 }).first()).toBeVisible();
  }

  /** Types into the product and waits for the list to offer something, and for the last letter to be answered. */
  async search(text: string): Promise<void> {
    await this.product.click();
    await this.product.pressSequentially(text);
    await this.expectOffers();
  }

  /** Until no worker owes a reply. */
  async settled(): Promise<void> {
    await this.page.waitForFunction(() => !(window as unknown as { isWaitingForWorkers(): boolean }).isWaitingForWorkers());
  }

  /** That the list answers everything that was typed: what is found later is not what was pointed at before. */
  async expectOffers(): Promise<void> {
    await expect(this.options.first()).toBeVisible();
    await this.settled();
  }
}

/** That a message belongs to a field, for eyes and for screen readers, and that the field is marked as wrong. */
export async function expectWrong(field: Locator, message: string, place: "under" | "in the next line" = "under"): Promise<void> {
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveAccessibleDescription(message);
  const shown = field.page().getByRole("alert").filter({ hasText: message });
  await expect(shown).toBeVisible();
  const [above, below] = await Promise.all([field.boundingBox(), shown.boundingBox()]);
  expect(below!.y - (above!.y + above!.height), "the message is right under its field").toBeLessThan(12);
  expect(below!.y, "the message does not cover its field").toBeGreaterThanOrEqual(above!.y + above!.height - 1);
  if (place === "under") expect(Math.abs(below!.x - above!.x), "the message starts where its field starts").toBeLessThan(12);
}

/** That nothing is wrong with a field any more. */
export async function expectRight(field: Locator): Promise<void> {
  await expect(field).not.toHaveAttribute("aria-invalid");
  await expect(field).toHaveAccessibleDescription("");
}

/** That the page can be read without scrolling sideways. */
export async function expectNoSidewaysScroll(page: Page, width: number): Promise<void> {
  const needed = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(needed, `everything fits ${width} px`).toBeLessThanOrEqual(width);
}
