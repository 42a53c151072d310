// Another site with the calculator in it: pages from an origin of their own, which a journey may ask of besides the page.
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Frame, FrameLocator, Page } from "@playwright/test";
import { expect, test as base } from "./fixtures";

/** What samples and documentation call the address of the calculator. */
const CALCULATOR = "https://duty.example.org/calculator/";

/** A message as the page of the site got it, and where from. */
export type Heard = { origin: string; data: { v: number; kind: string } & Record<string, unknown> };
/** An event of the element. */
export type Told = { type: string; detail: Record<string, unknown> };

export class Site {
  private readonly pages = new Map<string, string>();

  private constructor(
    private readonly server: Server,
    /** Another site than that of the calculator, not only another port. */
    readonly origin: string,
    /** The same pages under an origin that is neither that of the site nor that of the calculator. */
    readonly elsewhere: string,
    /** Where the calculator is. */
    private readonly calculator: string,
  ) {}

  static async start(calculator: string): Promise<Site> {
    const server = createServer((request, response) => {
      const content = site.pages.get(request.url ?? "");
      const type = request.url?.endsWith(".js") ? "text/javascript" : "text/html";
      response.writeHead(content === undefined ? 404 : 200, { "content-type": `${type}; charset=utf-8` }).end(content);
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const { port } = server.address() as AddressInfo;
    const site: Site = new Site(server, `http://localhost:${port}`, `http://127.0.0.1:${port}`, calculator);
    return site;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** Publishes a text with the address of the calculator in it, and says where. */
  publish(path: string, content: string): string {
    this.pages.set(path, content.replaceAll(CALCULATOR, this.calculator));
    return this.origin + path;
  }

  /** Publishes one of the samples of the documentation. */
  async publishSample(name: string, around = (content: string) => content): Promise<string> {
    return this.publish(`/${name}`, around(await readFile(`docs/embedding/${name}`, "utf8")));
  }

  /** Publishes a page with this in its body, between two lines of text. */
  publishBody(body: string): string {
    const size = `<meta name="viewport" content="width=device-width, initial-scale=1">`;
    const head = `<meta charset="utf-8">${size}<title>A site</title><link rel="icon" href="data:,">`;
    const text = `<p>Above</p>${body}<p id="below">Below</p>`;
    return this.publish("/", `<!doctype html><html lang="en"><head>${head}</head><body>${text}</body></html>`);
  }
}

/** The line that brings the element. */
export const SCRIPT = `<script async src="${CALCULATOR}embed.js"></script>`;

/** A frame without the script, which is told the origin of its site. */
export const plainFrame = (origin: string, search: string): string =>
  `<iframe name="${origin}" src="${CALCULATOR}embed.html${search}" title="Duty" width="100%" height="700"></iframe>`;

/** The calculator in a page: what is inside of the frame. */
export const inside = (page: Page): FrameLocator => page.frameLocator("cafta-calculator iframe, iframe");

/** The frame as a window of its own, once it shows something. */
export async function frameOf(page: Page): Promise<Frame> {
  await expect(inside(page).locator("#product")).toBeVisible();
  const element = await page.locator("iframe").first().elementHandle();
  return (await element!.contentFrame())!;
}

/** How high the frame is on the page of the site. */
export const heightOf = (page: Page): Promise<number> => page.locator("iframe").first().evaluate((frame) => frame.clientHeight);

/** Writes down from now on all the page of the site hears: every message, and every event of the elements. */
export async function listen(page: Page): Promise<{ messages: Heard[]; events: Told[] }> {
  const record = { messages: [] as Heard[], events: [] as Told[] };
  await page.exposeFunction("hear", (heard: Heard) => record.messages.push(heard));
  await page.exposeFunction("tell", (told: Told) => record.events.push(told));
  await page.addInitScript(() => {
    // In the page of the site only, not in its frames.
    if (window.parent !== window) return;
    const { hear, tell } = window as unknown as { hear: (heard: unknown) => void; tell: (told: unknown) => void };
    addEventListener("message", ({ origin, data }) => hear({ origin, data }));
    for (const type of ["cafta:ready", "cafta:resize", "cafta:result"]) {
      document.addEventListener(type, (event) => tell({ type, detail: (event as CustomEvent).detail }));
    }
  });
  return record;
}

export const test = base.extend<{ site: Site }>({
  site: async ({ baseURL }, use) => {
    const site = await Site.start(baseURL ?? "");
    await use(site);
    site.stop();
  },

  allowedOrigins: async ({ site }, use) => {
    await use([site.origin, site.elsewhere]);
  },
});

export { expect };
