// What Lighthouse says of the page on a phone: a slow 4G network and a processor four times slower. Once simulated, as Lighthouse does unless
// told otherwise: it loads the page at full speed and reckons what that would be, as if all that arrived before the largest element had been
// waited for. And once with the browser really slowed. `cargo xtask bench` runs it. It fails where something cannot be measured, never
// because it is slow.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const PORT = Number(process.env.E2E_PORT ?? 8137);
const PAGES = { "start page": "", "cold link to an answer": "?hs=081060" };
/** Who slows the page down, and how. */
const METHODS = { simulated: "simulate", slowed: "devtools" };
/** The one in the middle counts: of a busy machine the others say less. */
const RUNS = 3;

const FIGURES = {
  performance: ({ categories }) => 100 * categories.performance.score,
  accessibility: ({ categories }) => 100 * categories.accessibility.score,
  "best practices": ({ categories }) => 100 * categories["best-practices"].score,
  SEO: ({ categories }) => 100 * categories.seo.score,
  "FCP ms": ({ audits }) => audits["first-contentful-paint"].numericValue,
  "LCP ms": ({ audits }) => audits["largest-contentful-paint"].numericValue,
  CLS: ({ audits }) => audits["cumulative-layout-shift"].numericValue,
  "TBT ms": ({ audits }) => audits["total-blocking-time"].numericValue,
};

const median = (numbers) => [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)];
const shown = (figure) => String(Math.round(1000 * figure) / 1000);

async function measure(address, throttlingMethod) {
  // A browser of its own each time, so that nothing is known from before.
  const browser = await launch({
    chromePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    chromeFlags: ["--headless=new", "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  try {
    const { lhr } = await lighthouse(address, { port: browser.port, output: "json", logLevel: "error", throttlingMethod });
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
    return lhr;
  } finally {
    browser.kill();
  }
}

const xtask = process.env.XTASK;
const serve = ["serve", "--no-build", "--port", String(PORT)];
const server = spawn(xtask ?? "cargo", xtask ? serve : ["xtask", ...serve], { stdio: ["ignore", "pipe", "inherit"] });
try {
  for await (const part of server.stdout) if (String(part).includes("http://")) break;
  console.log(`| | ${Object.keys(FIGURES).join(" | ")} |\n|${"---|".repeat(Object.keys(FIGURES).length + 1)}`);
  const remarks = new Set();
  for (const [method, throttlingMethod] of Object.entries(METHODS)) {
    for (const [name, search] of Object.entries(PAGES)) {
      const reports = [];
      for (let run = 0; run < RUNS; run += 1) reports.push(await measure(`http://127.0.0.1:${PORT}/${search}`, throttlingMethod));
      const figures = Object.values(FIGURES).map((figure) => shown(median(reports.map(figure))));
      console.log(`| ${name}, ${method} | ${figures.join(" | ")} |`);
      for (const { id, title, score, scoreDisplayMode, displayValue } of Object.values(reports[0].audits)) {
        if (scoreDisplayMode !== "informative" && score !== null && score < 0.9) remarks.add(`${id}: ${title} ${displayValue ?? ""}`);
      }
    }
  }
  console.log(`\nnot at its best:\n${[...remarks].map((remark) => `* ${remark}`).join("\n")}`);
} finally {
  server.kill();
  if (server.exitCode === null) await once(server, "exit");
}
