// Links as nobody writes them: whatever stands in the address, the page asks its question, and shows an answer or says beside a field what is
// wrong. The same thousands of links each time, from a number to start with.
import { expect, test } from "./fixtures";

const SEED = 20261122;
/** Through one open page, as "back" and "forward" bring them. */
const THROUGH_THE_HISTORY = 2_000;
/** Opened anew. */
const OPENED = 24;

/** Numbers that look drawn by lot and are the same each time (mulberry32). */
function lots(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const KEYS = ["from", "to", "hs", "value", "ccy", "rate", "day", "kg", "lang", "browse", "vat", "freight", "insurance", "fee", "hours", "sort", "kept", "l", "constructor", "__proto__"];

const VALUES = [
  ...["TH", "CN", "VN", "SG", "ID", "TL", "XX", "th", "US", "中国"],
  ...["081060", "0810600000", "08", "870380", "081060,081090", "100630", "2204", "999999", "0810.60", "8703.80.00.00.00", "081060,,", ",,,"],
  ...["10000", "0", "-1", "1e9", "1,000.5", "٣٤", "１２", "0.0000000001", "99999999999999999999999999999", "NaN", "Infinity", "0x10"],
  ...["en", "zh", "th", "xx", "2026-01-01", "2026-02-30", "0000-00-00", "9999-12-31", "USD", "CNY", "IDR", "usd"],
  ...["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)", "' onclick='1", "<!--", "&lt;b&gt;", "{{1}}", "%s%n"],
  ...["\u202eرمز", "\u200b\u200d", "e\u0301\u0301\u0301\u0301", "👩‍👩‍👧‍👧", "\ufeff", "\u0000", "\r\n\t", "ก็".repeat(40), "𠮷野家", " "],
  ...["", "+", "a".repeat(2_000), "9".repeat(1_500), "../../..", "null", "undefined", "-0"],
];

/** Pieces of an address that are no text any more. */
const BROKEN = ["%", "%zz", "%e0%a4", "%ff%fe", "%00", "%c0%af", "&&&", "=&=", "a=b=c", "+%2B+", "?", "#", ";", "%ED%A0%80"];

function query(lot: (below: number) => number): string {
  const parts: string[] = [];
  for (let count = 1 + lot(6); count > 0; count -= 1) {
    const key = KEYS[lot(KEYS.length)]!;
    const value = encodeURIComponent(VALUES[lot(VALUES.length)]!);
    // One in eight is broken, and one in eight a valid question with something wrong in it.
    const kind = lot(8);
    if (kind === 0) parts.push(`${key}=${value}${BROKEN[lot(BROKEN.length)]}`);
    else if (kind === 1) parts.push("from=TH", "hs=081060", `${key}=${value}`);
    else parts.push(`${key}=${value}`);
  }
  return `?${parts.join("&")}`;
}

const links = (seed: number, count: number) => {
  const lot = lots(seed);
  return Array.from({ length: count }, () => query(lot));
};

test("thousands of links through one page", async ({ calculator, page }) => {
  test.setTimeout(240_000);
  await calculator.open("?hs=081060");
  await calculator.expectSaving("¥21,800");
  const searches = links(SEED, THROUGH_THE_HISTORY);
  const wrong: unknown[] = [];
  // In parts, so that what fails can be told.
  for (let start = 0; start < searches.length; start += 250) {
    wrong.push(
      ...(await page.evaluate(async (searches) => {
        const found: unknown[] = [];
        const isSeen = (element: Element | null) => Boolean(element?.getClientRects().length && element.textContent?.trim());
        for (const search of searches) {
          history.replaceState(null, "", search);
          dispatchEvent(new PopStateEvent("popstate"));
          await new Promise((resolve) => requestAnimationFrame(resolve));
          // Words of another language may be on their way: then there is nothing yet, and later the page.
          const main = document.querySelector("main");
          if (!main) continue;
          const question = isSeen(main.querySelector("form"));
          const isOnItsWay = Boolean(main.querySelector("#answer [aria-busy], #answer .waiting"));
          const below = isOnItsWay || isSeen(main.querySelector("#answer")) || [...main.querySelectorAll("[role=alert]")].some(isSeen);
          const foreign = main.querySelector("script, iframe, img, [onclick], [onerror]");
          if (!question || !below || foreign) found.push({ search, question, below, foreign: foreign?.outerHTML });
        }
        return found;
      }, searches.slice(start, start + 250))),
    );
  }
  expect(wrong).toEqual([]);

  // And it goes on as if nothing had happened.
  await page.evaluate(() => {
    history.replaceState(null, "", "?hs=081060&lang=en");
    dispatchEvent(new PopStateEvent("popstate"));
  });
  await calculator.expectSaving("¥21,800");
});

test("dozens of links opened anew", async ({ page }) => {
  test.setTimeout(180_000);
  for (const search of links(SEED + 1, OPENED)) {
    await page.goto(`./${search.replaceAll("#", "%23")}`);
    await expect(page.locator("main form"), search).toBeVisible();
    const answer = page.locator("#answer").filter({ hasText: /\S/ });
    await expect(answer.or(page.locator("main [role=alert]")).first(), search).toBeVisible();
    await expect(page.locator("main :is(script, iframe, img, [onclick], [onerror])"), search).toHaveCount(0);
  }
});
