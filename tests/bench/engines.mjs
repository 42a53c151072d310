// Runs in the page of search.bench.ts: four searches over the same documents, their times and what they find. Each library is set up as its
// own documentation says for a field where people type names of goods, with mistakes; of several settings the one that finds most.
import init, { Engine } from "/bench/engine/search_engine.js";
import MiniSearch from "/bench/minisearch.js";
import * as flexsearch from "/bench/flexsearch.js";
import Fuse from "/bench/fuse.js";

const { Charset, Index } = flexsearch.default;

/** How many codes a list holds. */
const LISTED = 10;
/** What the libraries are asked for: headings and chapters are documents too, but not counted. */
const LIMIT = 2 * LISTED;

const subheadings = (codes) => codes.filter((code) => code.length === 6).slice(0, LISTED);

/** Each makes an index and gives back its search: from a query to the codes of subheadings, best first. */
const ENGINES = {
  async ours({ languages, files }) {
    await init();
    const engine = new Engine();
    for (const language of languages) {
      const [usual, further] = files[language];
      if (!engine.add(usual, further)) {
        throw new Error(`the index of ${language} cannot be read`);
      }
    }
    return (query) => Array.from(engine.search(query, LISTED), (code) => String(code).padStart(6, "0"));
  },

  // The options of its README for search with mistakes and beginnings of words; labels are short and say what a code is.
  async MiniSearch({ documents }) {
    const index = new MiniSearch({
      fields: ["label", "keywords", "further"],
      searchOptions: { prefix: true, fuzzy: 0.2, boost: { label: 2 } },
    });
    index.addAll(documents);
    return (query) => subheadings(index.search(query).map((result) => result.id));
  },

  // "Fuzzy-Search" of its README: a tokenizer that takes beginnings and swapped letters, and suggestions, without which a word that is not
  // there empties the list. One text a document, the label first, because its score is the position; its document index, with a
  // field each, took longer and found a fifth less.
  async FlexSearch({ documents }) {
    return flexSearch(documents, "tolerant", Charset.LatinDefault);
  },

  // The other way it names: letters that sound alike are one.
  async "FlexSearch, by ear"({ documents }) {
    return flexSearch(documents, "forward", Charset.LatinBalance);
  },

  // `useTokenSearch`, because a name has several words: without it a third of what it finds is missing. `ignoreLocation`, because a search
  // word may stand anywhere; the threshold is half its default, which takes nearly everything.
  async "Fuse.js"({ documents }) {
    const index = new Fuse(documents, {
      keys: [
        { name: "label", weight: 2 },
        { name: "keywords", weight: 1 },
        { name: "further", weight: 1 },
      ],
      useTokenSearch: true,
      ignoreLocation: true,
      threshold: 0.3,
    });
    return (query) => subheadings(index.search(query, { limit: LIMIT }).map((result) => result.item.id));
  },
};

function flexSearch(documents, tokenize, encoder) {
  const index = new Index({ tokenize, encoder });
  // Numbers are quicker than texts as names, and a code may begin with a nought.
  documents.forEach(({ label, keywords, further }, position) => index.add(position, [label, keywords, further].join(", ")));
  return (query) => subheadings(index.search(query, { limit: LIMIT, suggest: true }).map((position) => documents[position].id));
}

/** A search that takes longer than this is timed once; a shorter one as the best of some batches of about a millisecond. */
const LONG = 20;
const BATCH = 1;
const BATCHES = 3;

/** Milliseconds for one search: the clock is too coarse for a single one. */
function timeOf(search, query) {
  const batch = (count) => {
    const start = performance.now();
    for (let run = 0; run < count; run += 1) {
      search(query);
    }
    return (performance.now() - start) / count;
  };
  const first = batch(1);
  if (first > LONG) {
    return first;
  }
  const count = Math.max(1, Math.ceil(BATCH / Math.max(first, 0.005)));
  return Math.min(...Array.from({ length: BATCHES }, () => batch(count)));
}

/** At most so many of a list, evenly spaced. */
function sample(list, most) {
  const count = Math.min(most, list.length);
  return Array.from({ length: count }, (_, place) => list[Math.floor((place * list.length) / count)]);
}

function recall(search, terms) {
  const counts = { first: 0, amongTen: 0, heading: 0 };
  for (const { term, code } of terms) {
    const found = search(term);
    counts.first += Number(found[0] === code);
    counts.amongTen += Number(found.includes(code));
    counts.heading += Number(found.some((other) => other.slice(0, 4) === code.slice(0, 4)));
  }
  return { of: terms.length, ...counts };
}

/**
 * Makes all indexes, then times all searches in turn, so that whatever else the machine does hits all alike.
 * `slow` says of which engine only so many keystrokes and terms are tried.
 */
export async function compare(set, keystrokes, terms, slow) {
  const engines = [];
  for (const [name, make] of Object.entries(ENGINES)) {
    const most = slow[name] ?? Infinity;
    const start = performance.now();
    const search = await make(set);
    const ready = performance.now() - start;
    engines.push({ name, search, ready, most, asked: new Set(sample([...keystrokes.keys()], most)), times: [] });
  }
  // What has never run is not compiled yet.
  for (const { search, most } of engines) {
    sample(keystrokes, Math.min(most / 10, 200)).forEach((keystroke) => search(keystroke));
  }
  for (const [position, keystroke] of keystrokes.entries()) {
    for (const { search, asked, times } of engines) {
      if (asked.has(position)) {
        times.push(timeOf(search, keystroke));
      }
    }
  }
  return engines.map(({ name, search, ready, most, times }) => ({
    name,
    ready,
    times,
    recall: recall(search, sample(terms.filter(({ code }) => code), most)),
  }));
}
