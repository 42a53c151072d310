// A host of the finished page that a journey can change: another version, no connection, damaged files, in a folder of its own.
// It is as plain as hosts come: no compression, no security headers.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { expect as baseExpect, test as base } from "./fixtures";

const DIST = join(__dirname, "../../dist");

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webmanifest": "application/manifest+json",
};

/** The files of a version by their names; the page itself is "index.html". */
export type Version = Map<string, Buffer>;

/** The version in dist/. */
export function published(): Version {
  const names = readdirSync(DIST, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    names.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(DIST.length + 1), readFileSync(path)];
    }),
  );
}

/** The name of the one file that begins and ends like this. */
export function named(version: Version, beginning: string, ending: string): string {
  const names = [...version.keys()].filter((name) => name.startsWith(beginning) && name.endsWith(ending));
  if (names.length !== 1) throw new Error(`${names.length} files are named ${beginning}…${ending}`);
  return names[0]!;
}

/** The next version: the page says so in its head, and what it loads later has other names. Nothing has the old names any more. */
export function nextVersion(version: Version, edition: string): Version {
  const next = new Map(version);
  let page = next.get("index.html")!.toString();
  const again: [string, string, string][] = [
    ["finder-", ".js", "\n// another edition"],
    ["details-", ".js", "\n// another edition"],
  ];
  for (const [beginning, ending, addition] of again) {
    const old = named(version, beginning, ending);
    const content = Buffer.concat([next.get(old)!, Buffer.from(`${addition} ${edition}`)]);
    const name = `${beginning}${createHash("sha256").update(content).digest("hex").slice(0, 8)}${ending}`;
    next.delete(old);
    next.set(name, content);
    page = page.replace(old, name);
  }
  next.set("index.html", Buffer.from(page.replace("<meta name=\"files\"", `<meta name="edition" content="${edition}">$&`)));
  // The list of the service worker, as the build writes it.
  const files = [...next].filter(([name]) => name !== "sw.js");
  const list = JSON.stringify(
    files.map(([name, content]) => [name === "index.html" ? "./" : name, createHash("sha256").update(content).digest("base64")]),
  );
  const worker = version.get("sw.js")!.toString();
  const changed = worker.replace(/new Map\(\[\[.*\]\]\)/, `new Map(${list})`).replace(/(const CACHE = `\$\{OURS\})[^`]+`/, `$1${edition}\``);
  next.set("sw.js", Buffer.from(changed));
  return next;
}

/** What a host answers in place of a file. */
export type Instead = { status: number; type: string; body: Buffer | string };

export class Host {
  /** Whether anybody hears it. */
  isReachable = true;
  /** What is answered in place of the files with such names. */
  instead: [RegExp, Instead][] = [];
  /** What was asked for, by name. */
  readonly asked: string[] = [];

  private constructor(
    private readonly server: Server,
    readonly folder: string,
    public version: Version,
  ) {}

  static async start(folder: string): Promise<Host> {
    const server = createServer();
    const host = new Host(server, folder, published());
    server.on("request", (request, response) => {
      if (!host.isReachable) return request.socket.destroy();
      const path = new URL(request.url!, "http://host").pathname;
      const name = path.startsWith(folder) ? path.slice(folder.length) || "index.html" : "";
      host.asked.push(name);
      const instead = host.instead.find(([pattern]) => pattern.test(name))?.[1];
      const file = host.version.get(name);
      if (instead) {
        response.writeHead(instead.status, { "Content-Type": instead.type }).end(instead.body);
      } else if (file) {
        const isForEver = /[-.][0-9a-f]{8,16}[._]/.test(name);
        response.writeHead(200, {
          "Content-Type": TYPES[extname(name)] ?? "application/octet-stream",
          "Cache-Control": isForEver ? "public, max-age=31536000, immutable" : "no-cache",
          "Content-Length": file.length,
        });
        response.end(file);
      } else {
        response.writeHead(404, { "Content-Type": "text/plain" }).end("not found\n");
      }
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return host;
  }

  /** The address of the page. */
  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${this.folder}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Journeys on a host of their own, with the service worker. */
export const test = base.extend<{ folder: string; host: Host }>({
  folder: ["/", { option: true }],
  host: async ({ folder }, use) => {
    const host = await Host.start(folder);
    await use(host);
    await host.stop();
  },
  baseURL: async ({ host }, use) => use(host.address),
  serviceWorkers: "allow",
});

/** As long as it takes a busy machine to keep a whole version. */
const PATIENCE = 30_000;

export const expect = baseExpect.configure({ timeout: PATIENCE });

test.beforeEach(({}, information) => information.setTimeout(3 * PATIENCE));
