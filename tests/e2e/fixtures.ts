// What every journey is held to, beside its own steps: a silent console, no uncaught error, and nothing asked of another origin.
// Import `test` and `expect` from here, never from @playwright/test.
import { expect, test as base } from "@playwright/test";
import { Calculator, CHINESE, ENGLISH, watchWorkers } from "./calculator";

type Options = {
  /** Origins a journey may talk to besides the page's own, such as the host of an embedding page. */
  allowedOrigins: string[];
};

type Fixtures = {
  /** What the browser may complain of in this journey, and must: a pattern nothing matches fails it too. */
  expectComplaint: (pattern: RegExp) => void;
  /** The page in English. */
  calculator: Calculator;
  /** The page in Chinese. */
  chinese: Calculator;
};

/** Rates change every year, so that every journey happens on the same day. */
const TODAY = "2026-11-22T12:00:00+08:00";

export const test = base.extend<Options & Fixtures & { complaints: RegExp[] }>({
  allowedOrigins: [[], { option: true }],

  complaints: async ({}, use) => {
    await use([]);
  },

  expectComplaint: async ({ complaints }, use) => {
    await use((pattern) => complaints.push(pattern));
  },

  // On the context and not on the page, so that popups and frames count too.
  context: async ({ context, baseURL, allowedOrigins, complaints }, use) => {
    const heard: string[] = [];
    const allowed = new Set([new URL(baseURL ?? "").origin, ...allowedOrigins]);

    context.on("console", (message) => {
      // How Playwright says that it does what playwright.config.ts tells it to.
      if (message.text() === "Service Worker registration blocked by Playwright") return;
      if (message.type() === "error" || message.type() === "warning") {
        heard.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
      }
    });
    context.on("weberror", (error) => heard.push(`page error: ${error.error().message}`));
    context.on("request", (request) => {
      const url = new URL(request.url());
      // `data:` and `blob:` stay inside the page.
      if (url.protocol.startsWith("http") && !allowed.has(url.origin)) {
        heard.push(`request to another origin: ${request.url()}`);
      }
    });
    await context.clock.setFixedTime(TODAY);
    await context.addInitScript(watchWorkers);

    await use(context);
    const unexpected = heard.filter((complaint) => !complaints.some((pattern) => pattern.test(complaint)));
    expect(unexpected, "the console is empty and every request stays at home").toEqual([]);
    const missing = complaints.filter((pattern) => !heard.some((complaint) => pattern.test(complaint)));
    expect(missing, "the complaints that were announced came").toEqual([]);
  },

  calculator: async ({ page }, use) => {
    await use(new Calculator(page, ENGLISH));
  },

  chinese: async ({ page }, use) => {
    await use(new Calculator(page, CHINESE));
  },
});

export { expect };
