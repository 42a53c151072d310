// What every journey is held to, beside its own steps: a silent console, no uncaught error, and nothing asked of another origin.
// Import `test` and `expect` from here, never from @playwright/test.
import { expect, test as base } from "@playwright/test";

type Options = {
  /** Origins a journey may talk to besides the page's own, such as the host of an embedding page. */
  allowedOrigins: string[];
};

export const test = base.extend<Options>({
  allowedOrigins: [[], { option: true }],

  // On the context and not on the page, so that popups and frames count too.
  context: async ({ context, baseURL, allowedOrigins }, use) => {
    const problems: string[] = [];
    const allowed = new Set([new URL(baseURL ?? "").origin, ...allowedOrigins]);

    context.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") {
        problems.push(`console ${message.type()}: ${message.text()}`);
      }
    });
    context.on("weberror", (error) => problems.push(`page error: ${error.error().message}`));
    context.on("request", (request) => {
      const url = new URL(request.url());
      // `data:` and `blob:` stay inside the page.
      if (url.protocol.startsWith("http") && !allowed.has(url.origin)) {
        problems.push(`request to another origin: ${request.url()}`);
      }
    });

    await use(context);
    expect(problems, "the console is empty and every request stays at home").toEqual([]);
  },
});

export { expect };
