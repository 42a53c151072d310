// How fast the product search is in the browser: beside other libraries in one page, and in the page itself from a key to the list.
// `cargo xtask bench` builds what this needs and runs it. It fails where something cannot be measured, never because it is slow.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { Calculator, ENGLISH, watchWorkers } from "../e2e/calculator";
import { mean, ms, percentile, print, share } from "./table";
import { fromLabels, keystrokes, listed, sample, type Document, type Term } from "./terms";

const ROOT = join(__dirname, "../..");
/** What `cargo xtask bench` made. */
const MADE = join(ROOT, "target/bench");

const documents: Record<string, Document[]> = JSON.parse(readFileSync(join(MADE, "documents.json"), "utf8"));
const terms: Term[] = listed() ?? fromLabels(documents.en);
if (!listed()) {
  console.log("recall is not measured: name a table of terms in CAFTA_SEARCH_TERMS");
}

/** How many terms are typed for the times; recall is of all. */
const TYPED = 150;
/** How many keystrokes, and how many terms for its recall, a library gets that takes a hundred times as long. */
const SLOW = { "Fuse.js": 60 };

/** What the page of the comparison loads besides the site, from where npm and `cargo xtask bench` put it. */
const MODULES: Record<string, string> = {
  "engines.mjs": "tests/bench/engines.mjs",
  "minisearch.js": "node_modules/minisearch/dist/es/index.js",
  "flexsearch.js": "node_modules/flexsearch/dist/flexsearch.bundle.module.min.mjs",
  "flexsearch-en.js": "node_modules/flexsearch/dist/lang/en.min.js",
  "fuse.js": "node_modules/fuse.js/dist/fuse.min.mjs",
  "engine/search_engine.js": "target/bench/engine/search_engine.js",
  "engine/search_engine_bg.wasm": "target/bench/engine/search_engine_bg.wasm",
};

/** A page of nothing but modules, beside the site. Isolated from other origins, because the browser's clock is twenty times finer then. */
async function openComparison(page: Page): Promise<void> {
  const headers = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };
  await page.route("**/bench/**", async (route) => {
    const name = new URL(route.request().url()).pathname.split("/bench/")[1];
    if (name === "") {
      return route.fulfill({ headers, contentType: "text/html", body: "<!doctype html><title>bench</title>" });
    }
    const contentType = name.endsWith(".wasm") ? "application/wasm" : "text/javascript";
    return route.fulfill({ headers, contentType, body: readFileSync(join(ROOT, MODULES[name])) });
  });
  await page.goto("./bench/");
  expect(await page.evaluate(() => crossOriginIsolated), "a fine clock").toBe(true);
}

/** One document for each code: what it is called in any of the languages. */
function joined(languages: string[]): Document[] {
  const found = new Map<string, Document>();
  for (const language of languages) {
    for (const { id, label, keywords, further } of documents[language]) {
      const known = found.get(id) ?? { id, label: "", keywords: "", further: "" };
      const both = (one: string, other: string) => [one, other].filter(Boolean).join(", ");
      found.set(id, {
        id,
        label: both(known.label, label),
        keywords: both(known.keywords, keywords),
        further: both(known.further, further),
      });
    }
  }
  return [...found.values()];
}

for (const [title, languages] of [
  ["English, which is what the page searches for such terms", ["en"]],
  ["all languages at once", Object.keys(documents)],
] as const) {
  test(`beside other libraries: ${title}`, async ({ page }) => {
    await openComparison(page);
    const typed = sample(terms, TYPED).flatMap(({ term, code }) => keystrokes(term).map((typed) => ({ typed, code })));
    const results = await page.evaluate(
      async ({ set, typed, terms, slow }) => {
        const module = "/bench/engines.mjs";
        const { compare } = await import(module);
        const site = await (await fetch("/")).text();
        const file = async (name: string) => {
          const [kind, of] = name.split(".");
          const [hash, ...there] = site.match(new RegExp(` ${kind}\\.([^ "]*)`))![1].split(".");
          const answer = there.includes(of) ? await fetch(`/data/${name}.${hash}.pack`) : new Response();
          return new Uint8Array(await answer.arrayBuffer());
        };
        const files: Record<string, Uint8Array[]> = {};
        for (const language of set.languages) {
          files[language] = [await file(`index.${language}`), await file(`words.${language}`)];
        }
        return compare({ ...set, files }, typed, terms, slow);
      },
      { set: { languages: [...languages], documents: joined([...languages]) }, typed, terms, slow: SLOW },
    );
    const [ours] = results;
    const rows = results.map(({ name, ready, times, recall, typed }: (typeof results)[number]) => [
      name,
      ms(ready),
      String(times.length),
      ms(mean(times)),
      ms(percentile(times, 50)),
      ms(percentile(times, 95)),
      `${(mean(times) / mean(ours.times)).toFixed(1)} × / ${(percentile(times, 95) / percentile(ours.times, 95)).toFixed(1)} ×`,
      share(recall.first, recall.of),
      share(recall.amongTen, recall.of),
      share(recall.heading, recall.of),
      share(typed.listed, typed.of),
    ]);
    print(
      `Search, ${title}: ${joined([...languages]).length} documents, ${sample(terms, TYPED).length} terms typed`,
      ["", "ready after", "keystrokes", "mean", "median", "p95", "mean / p95 to ours", "first", "among ten", "heading among ten", "listed while typed"],
      rows,
    );
  });
}

/** When what happened last, by the clock of the page. */
type Notes = {
  focused: number;
  typed: number;
  /** When the finder was asked, or started. */
  asked: number;
  replied: number;
  listed: number;
  /** How long the page has waited for the finder since it was loaded. */
  waited: number;
};

/** Notes when a key arrives, when the finder replies and when the list shows it. Runs in the page before anything else. */
function watch(): void {
  const notes: Notes = { focused: 0, typed: 0, asked: 0, replied: 0, listed: 0, waited: 0 };
  Object.assign(window, { notes });
  /** Unless the answer was to what had been typed before, and the next question is under way. */
  const note = () => {
    if (notes.replied && notes.asked <= notes.replied) {
      notes.listed ||= performance.now();
    }
  };
  const Plain = Worker;
  window.Worker = class extends Plain {
    constructor(address: string | URL) {
      super(address);
      notes.asked = performance.now();
      this.addEventListener("message", () => {
        notes.replied = performance.now();
        notes.waited += notes.replied - notes.asked;
        // A list that says the same stays as it is: then by now.
        setTimeout(note);
      });
    }
    override postMessage(question: unknown): void {
      notes.asked = performance.now();
      super.postMessage(question);
    }
  } as typeof Worker;
  addEventListener("focusin", (event) => Object.assign(notes, { focused: event.timeStamp }), true);
  // What was said before is no answer to this key.
  addEventListener("input", (event) => Object.assign(notes, { typed: event.timeStamp, replied: 0, listed: 0 }), true);
  const isList = ({ target }: MutationRecord) => target instanceof Element && target.closest(".offers-place") !== null;
  const observer = new MutationObserver((changes) => {
    if (changes.some(isList)) {
      note();
    }
  });
  observer.observe(document, { subtree: true, childList: true });
}

/** Presses a key and waits for the list that answers it. */
async function press(page: Page, key: string): Promise<Notes> {
  await page.keyboard.insertText(key);
  return page.evaluate(
    () =>
      new Promise<Notes>((resolve) => {
        const { notes } = window as unknown as { notes: Notes };
        // Nobody types so fast that the browser is still drawing the last list.
        const drawn = () => requestAnimationFrame(() => requestIdleCallback(() => resolve({ ...notes })));
        const look = () => (notes.listed ? drawn() : setTimeout(look, 1));
        look();
      }),
  );
}

/** What needs every file: further words of English, and labels of three other languages. */
const EVERYTHING = ["durian zeppelin", "榴莲", "ทุเรียน", "sầu riêng"];

async function loadEverything(page: Page): Promise<Calculator> {
  const calculator = new Calculator(page, ENGLISH);
  await calculator.open();
  for (const word of EVERYTHING) {
    await calculator.product.fill("");
    await calculator.search(word);
  }
  return calculator;
}

test("the page, from a key to the list", async ({ page }) => {
  await page.addInitScript(watchWorkers);
  await page.addInitScript(watch);
  const calculator = await loadEverything(page);
  const measured = async (words: string[]) => {
    const times: { list: number; worker: number }[] = [];
    for (const word of words) {
      await calculator.product.fill("");
      await calculator.settled();
      for (const letter of word) {
        const { typed, asked, replied, listed } = await press(page, letter);
        times.push({ list: listed - typed, worker: replied - asked });
      }
    }
    return times;
  };
  const english = await measured(sample(terms, TYPED / 2).map(({ term }) => term));
  const others = await measured(["榴莲", "大米", "手机", "电池", "ทุเรียน", "ข้าว", "กุ้ง", "sầu riêng", "đường", "gạo tẻ", "cà phê"]);
  const row = (name: string, times: number[]) => [name, String(times.length), ms(percentile(times, 50)), ms(percentile(times, 95))];
  print(
    "The page, all indexes loaded: from a key to the list in the document",
    ["", "keystrokes", "median", "p95"],
    [
      row("English", english.map(({ list }) => list)),
      row("of that until the worker has answered", english.map(({ worker }) => worker)),
      row("Chinese, Thai, Vietnamese, each with English", others.map(({ list }) => list)),
      row("of that until the worker has answered", others.map(({ worker }) => worker)),
    ],
  );
});

/** How much slower than this machine the visitor's is. */
const SLOWED = 4;

test("the first keystroke on a slow device", async ({ page }) => {
  await page.addInitScript(watchWorkers);
  await page.addInitScript(watch);
  await loadEverything(page);
  const devtools = await page.context().newCDPSession(page);
  const rows: string[][] = [];
  for (const [name, pause] of [
    ["typed at once, from focus", 0],
    ["typed half a second after focus, from the key", 500],
  ] as const) {
    const times: { focus: number; key: number; waited: number }[] = [];
    for (const key of ["d", "s", "m", "r", "t", "p", "c"]) {
      const calculator = new Calculator(page, ENGLISH);
      await calculator.open();
      await page.waitForLoadState("networkidle");
      await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWED });
      await calculator.product.focus();
      await page.waitForTimeout(pause);
      const before = await page.evaluate(() => (window as unknown as { notes: Notes }).notes.waited);
      const { focused, typed, listed, waited } = await press(page, key);
      await devtools.send("Emulation.setCPUThrottlingRate", { rate: 1 });
      times.push({ focus: listed - focused, key: listed - typed, waited: pause ? waited - before : waited });
    }
    const median = (of: (time: (typeof times)[number]) => number) => ms(percentile(times.map(of), 50));
    const total = ({ focus, key }: (typeof times)[number]) => (pause ? key : focus);
    rows.push([name, median(total), median(({ waited }) => waited), median((time) => total(time) + (SLOWED - 1) * time.waited)]);
  }
  // The browser refuses to slow down a worker ("only supported for pages"), so that its share is counted instead: at most as much as the
  // page waits for it.
  print(
    `The first keystroke, files cached, the thread of the page slowed ${SLOWED} times`,
    ["", "to the list, median of 7", "of that the worker, not slowed, at most", `the same with the worker ${SLOWED} times slower`],
    rows,
  );
});
