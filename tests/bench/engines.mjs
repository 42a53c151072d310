// Runs in the page of search.bench.ts: four searches over the same documents, their times and what they find. Each library is set up as its
// own documentation says for a field where people type names of goods, with mistakes; of several settings the one that finds most.
import init, { Engine } from "/bench/engine/search_engine.js";
import MiniSearch from "/bench/minisearch.js";
import * as flexsearch from "/bench/flexsearch.js";
import Fuse from "/bench/fuse.js";

const { Encoder, Index } = flexsearch.default;

// Its words of a language put themselves into this.
globalThis.FlexSearch = { Language: {} };
await import("/bench/flexsearch-en.js");
const english = FlexSearch.Language.en;

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

  // Of about 120 settings that its documentation offers the three that matter. All with its stop words of English, and plurals only in place
  // of its stemmer, which finds 2 of 100 fewer; with one text a document, the label first, because its score is the position (its document
  // index, with a field each, finds a quarter less); and with suggestions, without which a word that is not there empties the list.
  // This one has the right code in the list at the most keystrokes.
  async FlexSearch({ documents }) {
    return flexSearch(documents, [[flexIndex(documents, "forward"), true]]);
  },

  // The fastest of those that know beginnings of words.
  async "FlexSearch, whole words first"({ documents }) {
    const [strict, forward] = ["strict", "forward"].map((tokenize) => flexIndex(documents, tokenize));
    return flexSearch(documents, [
      [strict, true],
      [forward, true],
    ]);
  },

  // The one that finds most: every index it has, first for all words of a query, then for some.
  async "FlexSearch, everything"({ documents }) {
    const [strict, forward, tolerant, full] = ["strict", "forward", "tolerant", "full"].map((tokenize) => flexIndex(documents, tokenize));
    return flexSearch(documents, [
      [strict, false],
      [forward, false],
      [tolerant, false],
      [strict, true],
      [forward, true],
      [tolerant, true],
      [full, true],
    ]);
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

const PLURALS = new Map([
  ["ies", "y"],
  ["ches", "ch"],
  ["shes", "sh"],
  ["xes", "x"],
  ["sses", "ss"],
  ["s", ""],
]);

function flexIndex(documents, tokenize) {
  const encoder = new Encoder({ filter: english.filter, stemmer: PLURALS, dedupe: false });
  const index = new Index({ tokenize, encoder, resolution: 20 });
  // Numbers are quicker than texts as names, and a code may begin with a nought.
  documents.forEach(({ label, keywords, further }, position) => index.add(position, [label, keywords, further].join(", ")));
  return index;
}

/** Asks one index after the other, with or without suggestions, until the list is full. */
function flexSearch(documents, stages) {
  return (query) => {
    const found = new Set();
    for (const [index, suggest] of stages) {
      for (const position of index.search(query, { limit: LIMIT, suggest })) {
        const { id } = documents[position];
        if (id.length === 6) found.add(id);
        if (found.size === LISTED) return [...found];
      }
    }
    return [...found];
  };
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

/** At how many keystrokes the right code is in the list. */
function listedWhileTyped(search, keystrokes) {
  const known = keystrokes.filter(({ code }) => code);
  return { of: known.length, listed: known.filter(({ typed, code }) => search(typed).includes(code)).length };
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
    sample(keystrokes, Math.min(most / 10, 200)).forEach(({ typed }) => search(typed));
  }
  for (const [position, { typed }] of keystrokes.entries()) {
    for (const { search, asked, times } of engines) {
      if (asked.has(position)) {
        times.push(timeOf(search, typed));
      }
    }
  }
  return engines.map(({ name, search, ready, most, times }) => ({
    name,
    ready,
    times,
    recall: recall(search, sample(terms.filter(({ code }) => code), most)),
    typed: listedWhileTyped(search, sample(keystrokes, most)),
  }));
}
