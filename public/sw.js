// The service worker: keeps the published files, so that the page opens and answers without a network. It knows nothing of what is in them.
//
// What is kept is one version, whole: the page and everything it names come from the same build. A new version is fetched beside it and
// waits until the person asks for it (offline.mjs) or no page is open. docs/decisions/0019-offline.md says why it is as it is.

/** Every file of this version by its name, with the SHA-256 of its content; written by the build. The page itself is "./". */
const FILES = new Map("FILES");

/** Caches belong to all of an origin, which may have several such calculators in its folders. */
const OURS = `cafta ${registration.scope} `;
const CACHE = `${OURS}VERSION`;

/** Which version each open page is of: a worker forgets everything whenever the browser stops it. */
const PAGES = `${OURS}pages`;

/** What is kept once it is used; everything else is kept from the start. */
const ON_USE = /^(about\.|icon-|data\/(labels|lines|index|words)\.)/;

const isNamedByContent = (name) => /[-.][0-9a-f]{8,16}[._]/.test(name);
const withoutHash = (name) => name.replace(/[-.][0-9a-f]{8,16}(?=[._])/, "");
const addressOf = (name) => new URL(name, registration.scope).href;

/** The name of the file an address asks for; nothing where it asks for something else. What is asked of the page is not the host's matter. */
function nameOf(request) {
  const address = request.url.split(/[?#]/)[0];
  if (request.method !== "GET" || !address.startsWith(registration.scope)) return undefined;
  const rest = address.slice(registration.scope.length);
  const name = rest === "" || rest === "index.html" ? "./" : rest;
  // One named by its content may be of an earlier version, whose page is still open.
  return FILES.has(name) || isNamedByContent(name) ? name : undefined;
}

/** What may be kept: the very bytes that were published. No page of a hotel network, no half of a file, nothing of another version. */
async function exact(name, response) {
  const bytes = await response.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  if (btoa(String.fromCharCode(...digest)) !== FILES.get(name)) return undefined;
  // Made anew, because a browser opens no page from an answer that was redirected.
  return new Response(bytes, { headers: response.headers });
}

/** Fetches a file of this version; asks the server itself if what the browser's own cache holds is not it. */
async function fetchExact(name) {
  for (const cache of ["default", "reload"]) {
    const response = await exact(name, await fetch(addressOf(name), { cache }));
    if (response) return response;
  }
  throw new Error(`${name} is not as it was published`);
}

/** Our caches of every version. */
const ourCaches = async () => (await caches.keys()).filter((key) => key.startsWith(OURS) && key !== PAGES);

/** What any of our versions keeps under an address. */
async function find(address) {
  for (const key of await ourCaches()) {
    const found = await (await caches.open(key)).match(address);
    if (found) return found;
  }
  return undefined;
}

/** Keeps one file of this version, from an earlier version where it is the same. */
async function keep(name) {
  const cache = await caches.open(CACHE);
  const address = addressOf(name);
  if (await cache.match(address)) return;
  const known = isNamedByContent(name) ? await find(address) : undefined;
  await cache.put(address, known ?? (await fetchExact(name)));
}

/** What is good to have: no network or no room left is no reason to fail. */
const keepIfPossible = (names) => Promise.allSettled(names.map(keep));

async function install() {
  await Promise.all([...FILES.keys()].filter((name) => !ON_USE.test(name)).map(keep));
  // What was in use is of use in its new edition.
  const used = new Set();
  for (const key of await ourCaches()) {
    for (const { url } of await (await caches.open(key)).keys()) used.add(withoutHash(url.slice(registration.scope.length)));
  }
  await keepIfPossible([...FILES.keys()].filter((name) => ON_USE.test(name) && used.has(withoutHash(name))));
}

/** Removes the versions no open page is of. */
async function tidy() {
  const open = await clients.matchAll({ type: "window" });
  const pages = await caches.open(PAGES);
  const versions = new Set([CACHE]);
  for (const { id } of open) {
    const version = await (await pages.match(addressOf(id)))?.text();
    // Opened before there was a worker, of whatever version: then nothing is removed until it is closed.
    if (!version) return;
    versions.add(version);
  }
  const ids = new Set(open.map(({ id }) => addressOf(id)));
  const closed = (await pages.keys()).filter(({ url }) => !ids.has(url));
  const old = (await ourCaches()).filter((key) => !versions.has(key));
  await Promise.all([...closed.map((page) => pages.delete(page)), ...old.map((key) => caches.delete(key))]);
}

/** Notes that a page of this version is being opened; it is not among the open ones yet, so that it is noted after tidying. */
async function opened(id) {
  await tidy();
  await (await caches.open(PAGES)).put(addressOf(id), new Response(CACHE));
}

/** What is kept under a name: of this version, or of an earlier one whose page asks. */
async function kept(name) {
  const address = addressOf(name);
  return FILES.has(name) ? (await caches.open(CACHE)).match(address) : find(address);
}

async function answer(event, name) {
  const { request } = event;
  // The page asks afresh when what it got was of no use to it.
  const isAfresh = request.cache === "reload" && request.mode !== "navigate";
  const known = isAfresh ? undefined : await kept(name).catch(() => undefined);
  if (known) return known;
  try {
    const response = await fetch(request);
    if (response.ok && FILES.has(name)) {
      const copy = response.clone();
      const keepCopy = async () => {
        const published = await exact(name, copy);
        if (published) await (await caches.open(CACHE)).put(addressOf(name), published);
      };
      event.waitUntil(keepCopy().catch(() => {}));
    }
    return response;
  } catch {
    return Response.error();
  }
}

addEventListener("install", (event) => event.waitUntil(install()));

// The first visit is served from now on, too.
addEventListener("activate", (event) => event.waitUntil(clients.claim().then(tidy)));

addEventListener("fetch", (event) => {
  const name = nameOf(event.request);
  if (name === undefined) return;
  event.respondWith(answer(event, name));
  if (event.request.mode === "navigate") event.waitUntil(opened(event.resultingClientId).catch(() => {}));
});

addEventListener("message", (event) => {
  const { activate, language } = event.data;
  if (activate) skipWaiting();
  // The further words of the search are as many bytes as all the rest: those only on use.
  const isOf = (name) => ON_USE.test(name) && name.split(/[.-]/).includes(language) && !name.startsWith("data/words.");
  if (language) event.waitUntil(keepIfPossible([...FILES.keys()].filter(isOf)));
});
