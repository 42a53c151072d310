// What Trunk calls while the program is on its way: moves the progress bar of index.html, and says so when the program cannot start.
// It is not part of the program and must work in browsers that cannot run it.

/** @returns {object} the hooks Trunk knows */
export default function initializer() {
  const show = () => {
    document.getElementById("loading-failed")?.removeAttribute("hidden");
    document.getElementById("loading-progress")?.setAttribute("hidden", "");
  };
  return {
    onStart() {},
    onProgress({ current, total }) {
      if (total > 0) document.getElementById("loading-progress")?.setAttribute("value", String(Math.min(100, (100 * current) / total)));
    },
    onComplete() {},
    onSuccess() {},
    onFailure() {
      show();
    },
  };
}
