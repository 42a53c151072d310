// What Trunk calls while the program is on its way: moves the progress bar of index.html, says when the program cannot start, and fetches
// what makes the page work offline when it has. It is not part of the program and must work in browsers that cannot run it.

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
