// The page's end of the service worker (sw.js): starts it once the page has all it needs, and offers a new version when one is there.
// Where it cannot be started the page works as without it, and says nothing.

const { serviceWorker } = navigator;

/** The labels of products come last: then nothing a person waits for is on its way. Their name also says which language is in use. */
const LABELS = /\/data\/labels\.(\w+)\./;

/** @returns {Promise<string>} the language of the labels, when they are there */
const labelsArrived = () =>
  new Promise((resolve) => {
    const look = (list, observer) => {
      const language = list.getEntries().map(({ name }) => LABELS.exec(name)?.[1]).find(Boolean);
      if (!language) return;
      observer.disconnect();
      resolve(language);
    };
    new PerformanceObserver(look).observe({ type: "resource", buffered: true });
  });

/** What an offer and its button say, by language; the build puts in the texts of locales/. */
const OFFERS = "OFFERS";

/** Says that another version is there, once, and below everything, so that nothing moves. */
function offer() {
  if (document.querySelector(".update")) return;
  const [text, label] = OFFERS[document.documentElement.lang] ?? OFFERS.en;
  const place = document.createElement("p");
  place.className = "update";
  place.setAttribute("role", "status");
  document.body.append(place);
  const button = document.createElement("button");
  button.textContent = label;
  button.dataset.update = "";
  place.append(`${text} `, button);
}

/** A version that waits is offered, and so is one that another window of the calculator has changed to. */
function follow(registration) {
  const look = () => {
    if (registration.waiting && serviceWorker.controller) offer();
  };
  look();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look));

  addEventListener("click", ({ target }) => {
    if (!target.closest("[data-update]")) return;
    const { waiting } = registration;
    if (!waiting) return location.reload();
    serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    waiting.postMessage({ activate: true });
  });

  // Browsers look for a new version when a page is opened; one that was installed may stay open for weeks.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") registration.update().catch(() => {});
  });
}

async function start() {
  const language = await labelsArrived();
  let isControlled = Boolean(serviceWorker.controller);
  serviceWorker.addEventListener("controllerchange", () => {
    // The first worker takes over a page of its own version.
    if (isControlled) offer();
    isControlled = true;
  });
  follow(await serviceWorker.register(new URL("sw.js", import.meta.url)));
  (await serviceWorker.ready).active.postMessage({ language });
}

// Not in a frame: an embedding site's visitors did not ask to keep anything, and browsers would keep it once for each embedding site.
if (serviceWorker && parent === window) start().catch(() => {});
