// What is typed: everyday terms with the codes they belong to, from a table that is no part of this repository, and the keystrokes that make
// them. Not what is measured with them.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

export type Term = { term: string; code?: string };
export type Document = { id: string; label: string; keywords: string; further: string };

const ROOT = join(__dirname, "../..");

/** The table that CAFTA_SEARCH_TERMS names, or the one beside the checkout; `undefined` if there is none. */
export function listed(): Term[] | undefined {
  const path = process.env.CAFTA_SEARCH_TERMS ?? join(ROOT, "../shared/search/dev_terms.csv");
  if (!existsSync(path)) {
    return undefined;
  }
  const [header, ...rows] = readFileSync(path, "utf8").trim().split(/\r?\n/).map(cells);
  const [term, code] = [header.indexOf("term"), header.indexOf("hs")];
  if (term < 0 || code < 0) {
    throw new Error(`${path} has no columns "term" and "hs"`);
  }
  return rows.map((row) => ({ term: row[term], code: row[code] }));
}

/** The cells of a line; a cell with commas stands in quotation marks. */
function cells(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);
}

/** Where there is no list: what labels begin with. Good for times; that a label finds itself says nothing. */
export function fromLabels(documents: Document[]): Term[] {
  const labels = documents.filter(({ id }) => id.length === 6).map(({ label }) => label.split(",")[0].toLowerCase());
  return [...new Set(labels)].filter((term) => term.length <= 30).map((term) => ({ term }));
}

/** So many of a list, evenly spaced. */
export function sample<T>(list: T[], most: number): T[] {
  const count = Math.min(most, list.length);
  return Array.from({ length: count }, (_, place) => list[Math.floor((place * list.length) / count)]);
}

/** What stands in the field while a term is typed, from the second letter on. */
export function keystrokes(term: string): string[] {
  const letters = [...term];
  return letters.slice(1).map((_, place) => letters.slice(0, place + 2).join(""));
}
