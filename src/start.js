// Starts the program of the page, which index.html has fetched: moves the progress bar meanwhile, and says when it cannot start. When it
// runs, what nobody sees before comes after it.
// The build puts this behind what wasm-bindgen wrote, in place of the many ways to start in that, and puts in names and the program's size.
seen.then(() => {
  // What the program asks for first travels with it, not behind it. The program knows better what that is and asks by itself, of the
  // browser's cache then; a wrong guess costs a few thousand bytes, and is nobody's trouble.
  const question = new URLSearchParams(location.search);
  const files = document.querySelector("meta[name=files]").content.split(" ");
  for (const [kind, of] of [
    ["messages", question.get("lang") ?? navigator.language.slice(0, 2)],
    ["rates", question.get("to") ?? "CN"],
  ]) {
    const [, hash, ...there] = files.find((entry) => entry.startsWith(kind)).split(".");
    if (there.includes(of)) fetch(`data/${kind}.${of}.${hash}.pack`).then((answer) => answer.arrayBuffer(), () => {});
  }

  // An element as the program writes it; none that runs a script or loads anything, and no attribute that is a script.
  const ELEMENT =
    /<\/?(?!script|style|link|meta|base|iframe|frame|object|embed|form|math|template|animate|set\b|use\b)[a-z][a-z0-9]*(?: (?!on|src|style)[\w-]+="[^"<>]*")*>/gi;
  // The browser asks it before it takes markup or the address of a script: the second lock, behind escaping in one place and the
  // Content-Security-Policy. Not every browser knows this; those are as they were.
  globalThis.trustedTypes?.createPolicy("default", {
    createHTML: (markup) => (markup.replace(ELEMENT, "").includes("<") ? null : markup),
    createScriptURL: (address) => (new URL(address, location.href).href.startsWith(`${location.origin}/`) ? address : null),
  });

  const bar = document.querySelector("#loading progress");
  let arrived = 0;
  const count = new TransformStream({
    transform(part, rest) {
      arrived += part.length;
      bar.value = Math.min(100, (100 * arrived) / SIZE);
      rest.enqueue(part);
    },
  });
  program
    .then(({ body }) => {
      // The type is not left to the host: not every one knows it.
      const wasm = new Response(body.pipeThrough(count), { headers: { "Content-Type": "application/wasm" } });
      return WebAssembly.instantiateStreaming(wasm, __wbg_get_imports());
    })
    .then(({ instance }) => {
      __wbg_finalize_init(instance);
      document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: "LATER" }));
      // Without it the page answers all the same.
      import("./offline.mjs").catch(() => {});
    })
    .catch(cannotStart);
});
