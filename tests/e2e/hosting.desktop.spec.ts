// The finished page on real web servers, set up as deploy/ says, in a folder of a host: each file arrives as what it is, compressed, kept as
// long as it may be, and with the headers that keep the page to itself.
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { request, type IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, test } from "./fixtures";

const ROOT = join(__dirname, "../..");
/** Where `cargo xtask test` puts them. */
const HOSTS = join(ROOT, "target/tools/hosts");
const PORT = Number(process.env.E2E_PORT ?? 8137);
/** The page is in a folder of the host, beside anything else. */
const FOLDER = "/tools/duty/";

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".pack": "application/octet-stream",
};

/** A file of deploy/ with other places in it: only where the server listens, and on which folder, differs from a host. */
function configuration(name: string, places: [string, string][]): string {
  let text = readFileSync(join(ROOT, "deploy", name), "utf8");
  for (const [place, other] of places) {
    if (text.split(place).length !== 2) throw new Error(`deploy/${name} needs "${place}" exactly once`);
    text = text.replace(place, other);
  }
  return text;
}

/** How a server is started on a folder. */
const SERVERS = {
  nginx(work: string, port: number): ChildProcess {
    const site = configuration("nginx.conf", [
      ["listen 80;", `listen 127.0.0.1:${port};`],
      ["listen [::]:80;", ""],
      ["root /srv/cafta;", `root ${work}/site;`],
    ]);
    const brotli = join(HOSTS, "usr/lib/nginx/modules/ngx_http_brotli_static_module.so");
    const folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${work}/${name};`);
    writeFileSync(
      join(work, "nginx.conf"),
      `load_module ${brotli};
      daemon off; master_process off; pid ${work}/nginx.pid; error_log stderr;
      events {}
      http { access_log off; ${folders.join(" ")} ${site} }`,
    );
    return spawn(join(HOSTS, "usr/sbin/nginx"), ["-p", work, "-e", "stderr", "-c", join(work, "nginx.conf")]);
  },
  Caddy(work: string, port: number): ChildProcess {
    const site = configuration("Caddyfile", [
      ["calculator.example {", `http://127.0.0.1:${port} {`],
      ["root * /srv/cafta", `root * ${work}/site`],
    ]);
    // Neither certificates nor its own remote control.
    writeFileSync(join(work, "Caddyfile"), `{\n\tadmin off\n\tauto_https off\n}\n${site}`);
    const environment = { ...process.env, XDG_DATA_HOME: work, XDG_CONFIG_HOME: work };
    return spawn(join(HOSTS, "usr/bin/caddy"), ["run", "--config", join(work, "Caddyfile")], { env: environment });
  },
};

// One after the other, so that the page is compressed once.
test.describe.configure({ mode: "default", timeout: 120_000 });

let work: string;
let site: string;

test.beforeAll(() => {
  test.setTimeout(180_000);
  work = mkdtempSync(join(tmpdir(), "cafta-"));
  site = join(work, "site", FOLDER);
  const xtask = process.env.XTASK;
  const publish = ["publish", "--into", site];
  execFileSync(xtask ?? "cargo", xtask ? publish : ["xtask", ...publish], { cwd: ROOT });
});

test.afterAll(() => rmSync(work, { recursive: true }));

type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer };

for (const [position, name] of (["nginx", "Caddy"] as const).entries()) {
  test.describe(`on ${name}`, () => {
    const port = PORT + 1 + position;
    let server: ChildProcess;
    let printed = "";

    /** Asks as a browser does, and gives back what comes over the wire. */
    const ask = (path: string, headers: Record<string, string> = {}, method = "GET") =>
      new Promise<Answer>((resolve, reject) => {
        const asked = request({ host: "127.0.0.1", port, path, method, headers }, (answer) => {
          const parts: Buffer[] = [];
          answer.on("data", (part) => parts.push(part));
          answer.on("end", () => resolve({ status: answer.statusCode!, headers: answer.headers, body: Buffer.concat(parts) }));
        });
        asked.on("error", reject).end();
      });

    test.use({ baseURL: `http://127.0.0.1:${port}${FOLDER}` });
    test.beforeAll(async () => {
      server = SERVERS[name](work, port);
      server.stderr!.on("data", (part) => (printed += part));
      const answers = async () => {
        expect(server.exitCode, printed).toBeNull();
        expect((await ask(FOLDER).catch(() => undefined))?.status, printed).toBe(200);
      };
      await expect(answers).toPass({ timeout: 60_000 });
    });

    test.afterAll(async () => {
      if (server?.exitCode === null) {
        const ended = new Promise((resolve) => server.once("exit", resolve));
        server.kill();
        await ended;
      }
    });

    test("every file comes as it should", async () => {
      const files = readdirSync(site, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && ![".br", ".gz"].includes(extname(entry.name)))
        .map((entry) => join(entry.parentPath, entry.name).slice(site.length));
      expect(files.length).toBeGreaterThan(40);
      for (const file of [...files, ""]) {
        const path = FOLDER + file;
        const onDisk = join(site, file || "index.html");
        const content = readFileSync(onDisk);
        const decoders = { br: brotliDecompressSync, gzip: gunzipSync };
        for (const [coding, ending] of [["br", ".br"], ["gzip", ".gz"]] as const) {
          const { status, headers, body } = await ask(path, { "Accept-Encoding": coding });
          expect(status, path).toBe(200);
          const isSmaller = existsSync(onDisk + ending);
          expect(headers["content-encoding"], `${path} as ${coding}`).toBe(isSmaller ? coding : undefined);
          expect((isSmaller ? decoders[coding](body) : body).equals(content), `${path} is whole`).toBe(true);
        }
        const { headers, body } = await ask(path);
        expect(body.equals(content), path).toBe(true);
        expect(headers["content-type"], path).toBe(TYPES[extname(onDisk)]);
        const isNamedByContent = /[-.][0-9a-f]{8,16}[._][^/]*$/.test(path);
        expect(headers["cache-control"], path).toBe(isNamedByContent ? "public, max-age=31536000, immutable" : "no-cache");
        const isShared = file === "" || /\.html$|^embed\.js$/.test(file);
        expect(headers, path).toMatchObject({
          "x-content-type-options": "nosniff",
          "referrer-policy": "no-referrer",
          "permissions-policy": expect.stringContaining("geolocation=()"),
          "cross-origin-resource-policy": isShared ? "cross-origin" : "same-origin",
        });
        expect(headers["content-security-policy"], path).toBe(file === "embed.html" ? "frame-ancestors *" : undefined);

        const known = await ask(path, { "If-None-Match": headers.etag! });
        expect([known.status, known.body.length], `${path} when it is known`).toEqual([304, 0]);
        expect(known.headers["cache-control"], path).toBe(headers["cache-control"]);
        const head = await ask(path, {}, "HEAD");
        expect([head.status, head.headers["content-length"], head.body.length], `HEAD ${path}`).toEqual([200, `${content.length}`, 0]);
      }
    });

    test("what is not there is not there", async () => {
      for (const path of [`${FOLDER}nothing.html`, `${FOLDER}data/rates.CN.00000000.pack`, "/", `${FOLDER}../../../etc/passwd`]) {
        const { status, headers } = await ask(path);
        expect([400, 403, 404], path).toContain(status);
        if (status === 404) expect(headers["x-content-type-options"], path).toBe("nosniff");
      }
      const folder = await ask(FOLDER.slice(0, -1));
      expect(folder.status).toBeLessThan(309);
      expect(new URL(folder.headers.location!, "https://proxy.example/tools/duty").href).toBe("https://proxy.example/tools/duty/");
    });

    test("a link answers, within 120,000 bytes", async ({ calculator, page }) => {
      const asked = new Set<string>();
      page.on("request", (request) => asked.add(new URL(request.url()).pathname));
      await calculator.open("?hs=081060");
      await calculator.expectSaving("¥21,800");
      await expect(calculator.product).toHaveValue("Durians, fresh");
      await page.waitForLoadState("networkidle");
      // What is asked for when the answer stands: the labels of products, and what makes the page work without a network.
      const needed = [...asked].filter((path) => path.startsWith(FOLDER) && !/\/data\/(labels|lines)\.|\/offline\.mjs$/.test(path));
      const sizes = needed.map((path) => {
        const onDisk = join(work, "site", path.endsWith("/") ? `${path}index.html` : path);
        // As the first of these journeys shows, this is what goes over the wire.
        return statSync(existsSync(`${onDisk}.br`) ? `${onDisk}.br` : onDisk).size;
      });
      expect(needed.length, needed.join(" ")).toBe(7);
      expect(sizes.reduce((sum, size) => sum + size), needed.join(" ")).toBeLessThan(120_000);
      await calculator.openAllFolds();
      await calculator.search("pepper");
    });
  });
}
