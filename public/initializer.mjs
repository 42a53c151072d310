// What Trunk calls while the program is on its way: moves the progress bar of index.html, says when the program cannot start, and fetches
// what makes the page work offline when it has. Before that it asks for what the program will need, and says what markup and which scripts
// the page may get. It is not part of the program and must work in browsers that cannot run it.

// What the program asks for first travels with it, not behind it. The program knows better what that is and asks by itself, of the browser's
// cache then; a wrong guess costs a few thousand bytes, and is nobody's trouble.
const question = new URLSearchParams(location.search);
const language = question.get("lang") ?? (navigator.language.startsWith("zh") ? "zh" : "en");
const files = document.querySelector("meta[name=files]").content.split(" ");
for (const name of [`messages.${language}`, `rates.${question.get("to") ?? "CN"}`]) {
  const file = files.find((file) => file.startsWith(`data/${name}.`));
  if (file) fetch(file).then((response) => response.arrayBuffer()).catch(() => {});
}

/** An element as the program writes it; none that runs a script or loads anything, and no attribute that is a script. */
const ELEMENT =
  /<\/?(?!script|style|link|meta|base|iframe|frame|object|embed|form|math|template|animate|set\b|use\b)[a-z][a-z0-9]*(?: (?!on|src|style)[\w-]+="[^"<>]*")*>/gi;

// The browser asks it before it takes markup or the address of a script: the second lock, behind escaping in one place and the
// Content-Security-Policy. Not every browser knows this; those are as they were.
globalThis.trustedTypes?.createPolicy("default", {
  createHTML: (markup) => (markup.replace(ELEMENT, "").includes("<") ? null : markup),
  createScriptURL: (address) => (new URL(address, location.href).href.startsWith(`${location.origin}/`) ? address : null),
});

/** @returns {object} the hooks Trunk knows */
export default function initializer() {
  return {
    onStart() {},
    onProgress({ current, total }) {
      const bar = document.querySelector("#loading-progress progress");
      if (total > 0) bar?.setAttribute("value", String(Math.min(100, (100 * current) / total)));
    },
    onComplete() {},
    onSuccess() {
      // Without it the page answers all the same.
      import("./offline.mjs").catch(() => {});
    },
    onFailure() {
      dispatchEvent(new Event("cannot-start"));
    },
  };
}
