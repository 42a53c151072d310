// The calculator on other sites: the element <cafta-calculator>, a frame around embed.html from wherever this script came from.
// It is no part of the page and computes nothing; docs/embedding.md says what its attributes and events are, public/frame.js is its other end.
(() => {
  const name = "cafta-calculator";
  // A second copy of the line finds the work done.
  if (customElements.get(name)) return;

  const page = new URL("embed.html", document.currentScript.src);
  const VERSION = 1;
  /** What the frame is told, in its address at first and in messages later. */
  const settings = ["from", "to", "hs", "value", "lang", "theme", "accent", "compact"];
  /** From this width on the bars stand beside the number. */
  const WIDE = 760;
  /** Pixels reserved where the site reserves none, measured: a height, and what it needs more the narrower it is. */
  const reserved = (width, isAsked, isCompact) => {
    const isWide = width >= WIDE;
    if (!isAsked) return [520, 120000];
    if (isCompact) return isWide ? [440, 0] : [480, 85000];
    return isWide ? [740, 330000] : [840, 360000];
  };
  /** Higher than any answer with everything open; a frame gone wrong must not make a page endless. */
  const HIGHEST = 30000;

  const styles = new CSSStyleSheet();
  styles.replaceSync(":host{display:block}:host([hidden]){display:none}iframe{display:block;width:100%;border:0}");

  /** As the frame takes it, in its address and in messages: a text, empty where nothing is said. */
  const text = (element, setting) => (setting === "compact" && element.hasAttribute(setting) ? "1" : (element.getAttribute(setting) ?? ""));

  const matches = (value, pattern) => typeof value === "string" && pattern.test(value);

  /** By kind, what a message may carry: what becomes of it in the event, or nothing if it is not as it should be. */
  const readers = {
    ready: ({ edition }) => matches(edition, /^[\w.-]{1,40}$/) && { edition },
    resize: ({ height }) => Number.isInteger(height) && height > 0 && height <= HIGHEST && { height },
    result: ({ from, to, best }) =>
      matches(from, /^[A-Z]{2}$/) && matches(to, /^[A-Z]{2}$/) && (best === null || matches(best, /^[a-z_]{1,32}$/)) && { from, to, best },
  };

  class Calculator extends HTMLElement {
    static observedAttributes = [...settings, "height"];
    #frame;
    /** Whether the frame can be told anything. */
    #ready;
    /** What the frame is still to be told. */
    #changes;
    /** What the frame says it needs. */
    #needed;

    constructor() {
      super();
      this.attachShadow({ mode: "open" }).adoptedStyleSheets = [styles];
    }

    // An element that is moved loads its frame anew: browsers do.
    connectedCallback() {
      const frame = document.createElement("iframe");
      const address = new URL(page);
      for (const setting of settings) {
        if (text(this, setting)) address.searchParams.set(setting, text(this, setting));
      }
      this.#frame = frame;
      this.#ready = false;
      this.#changes = {};
      this.#needed = 0;
      frame.title = this.title || "CAFTA duty calculator";
      frame.loading = "lazy";
      frame.referrerPolicy = "no-referrer";
      // Its own origin (for its files and workers), a new tab for the full calculator, files to keep, and paper; never the tab it is in.
      // On a site of the same origin it would bind nothing, and browsers say so.
      if (page.origin !== origin) {
        frame.sandbox = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads allow-modals";
      }
      // Tells the frame whom to talk to, and no server.
      frame.name = origin;
      frame.src = address;
      this.#resize();
      this.shadowRoot.replaceChildren(frame);
      addEventListener("message", this);
    }

    disconnectedCallback() {
      this.#ready = false;
      removeEventListener("message", this);
    }

    attributeChangedCallback(setting, before, value) {
      if (!this.#frame || before === value) return;
      this.#resize();
      if (setting === "height") return;
      this.#changes[setting] = text(this, setting);
      // Attributes changed one after the other are one change.
      queueMicrotask(() => this.#tell());
    }

    handleEvent({ source, origin, data }) {
      if (source !== this.#frame.contentWindow || origin !== page.origin || data?.v !== VERSION) return;
      const { kind } = data;
      const detail = typeof kind === "string" && Object.hasOwn(readers, kind) && readers[kind](data);
      if (!detail) return;
      if (kind === "ready") {
        this.#ready = true;
        this.#tell();
      } else if (kind === "resize") {
        this.#needed = detail.height;
        this.#resize();
      }
      this.dispatchEvent(new CustomEvent("cafta:" + kind, { bubbles: true, detail }));
    }

    #tell() {
      if (!this.#ready || !Object.keys(this.#changes).length) return;
      this.#frame.contentWindow.postMessage({ v: VERSION, kind: "set", ...this.#changes }, page.origin);
      this.#changes = {};
    }

    /** As high as the frame needs, and never lower than what is reserved: what stands below moves only for what needs more. */
    #resize() {
      const stated = this.getAttribute("height");
      // What the site's own styles reserve is there before this script is, and must not grow when it comes.
      const styled = parseFloat(getComputedStyle(this).minHeight);
      const width = Math.max(this.clientWidth, 320);
      const [least, more] = reserved(width, this.hasAttribute("hs"), this.hasAttribute("compact"));
      const height = /^\d{1,4}$/.test(stated) ? +stated : styled || Math.round(least + more / width);
      this.#frame.style.height = Math.max(height, this.#needed) + "px";
    }
  }

  customElements.define(name, Calculator);
})();
