// Starts the program of the page: fetches it, moves the progress bar of index.html meanwhile, and says when it cannot start. When it runs,
// the styles of what nobody sees before come after it.
// The build puts this behind what wasm-bindgen wrote, in place of the many ways to start in that, and puts in names and the program's size.
const bar = document.querySelector("#loading-progress progress");
let arrived = 0;
const count = new TransformStream({
  transform(part, rest) {
    arrived += part.length;
    bar.value = Math.min(100, (100 * arrived) / SIZE);
    rest.enqueue(part);
  },
});
fetch("./PROGRAM")
  .then(({ body }) => {
    // The type is not left to the host: not every one knows it.
    const program = new Response(body.pipeThrough(count), { headers: { "Content-Type": "application/wasm" } });
    return WebAssembly.instantiateStreaming(program, __wbg_get_imports());
  })
  .then(({ instance, module }) => {
    __wbg_finalize_init(instance, module);
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: "LATER" }));
  })
  .catch(() => dispatchEvent(new Event("cannot-start")));
