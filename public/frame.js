// The calculator in a frame of another site: its look, its height, and what it and the site say to each other. Inline in embed.html, before the
// first paint; the page itself knows nothing of it. docs/embedding.md has the messages, public/embed.js is the other end.
//
// Nothing a visitor types or chooses leaves here but the two countries and the name of the agreement that wins.
(() => {
  const VERSION = 1;
  /** What the link to the page itself says, by language; the build puts in the texts of locales/. */
  const WHOLE = "WHOLE";
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");

  const matches = (pattern) => (value) => typeof value === "string" && pattern.test(value);
  /** What the address and messages may say of the look: texts, empty for the usual look. */
  const look = {
    theme: matches(/^(auto|light|dark)?$/),
    accent: matches(/^(#([\da-f]{3}){1,2})?$/i),
    compact: matches(/^1?$/),
  };
  /** What a message may say of the question: what people could type, no more. */
  const question = {
    from: matches(/^([a-z]{2})?$/i),
    to: matches(/^([a-z]{2})?$/i),
    hs: matches(/^[\d., ]{0,128}$/),
    value: matches(/^[\d., ]{0,32}$/),
    lang: matches(/^([a-z]{2,3})?$/),
  };

  const given = new URLSearchParams(location.search);
  /** The look as it is. */
  const worn = {};
  for (const name in look) {
    const value = given.get(name) ?? "";
    worn[name] = look[name](value) ? value : "";
  }

  // ── The look

  /** The rules that ask for the colours of the system, and which they ask for. */
  const rules = new Map();

  function paint() {
    const theme = worn.theme || "auto";
    root.classList.toggle("compact", Boolean(worn.compact));
    root.style.colorScheme = theme === "auto" ? "" : theme;
    for (const sheet of document.styleSheets) repaint(sheet, theme);
    const { accent } = worn;
    for (const [name, colour] of Object.entries(accent ? shades(accent) : { accent: "", "accent-soft": "", "on-accent": "" })) {
      root.style.setProperty("--" + name, colour);
    }
  }

  /** Lets the chosen scheme decide what the system's would. */
  function repaint(parent, theme) {
    for (const rule of parent.cssRules) {
      if (!rules.has(rule) && rule.media?.mediaText.includes("prefers-color-scheme")) rules.set(rule, rule.media.mediaText);
      const asked = rules.get(rule);
      if (asked) rule.media.mediaText = theme === "auto" ? asked : asked.includes(theme) ? "all" : "not all";
      if (rule.cssRules) repaint(rule, theme);
    }
  }

  /** Three or six digits as red, green and blue from 0 to 1. */
  function numbers(colour) {
    const digits = colour.trim().slice(1);
    const size = digits.length / 3;
    return [0, 1, 2].map((part) => parseInt(digits.slice(part * size, (part + 1) * size).repeat(3 - size), 16) / 255);
  }

  const mixed = (one, other, share) => one.map((part, position) => part + (other[position] - part) * share);
  const printed = (colour) => "#" + colour.map((part) => Math.round(part * 255).toString(16).padStart(2, "0")).join("");

  /** Contrast as WCAG 2 counts it. */
  function contrast(one, other) {
    const luminance = (colour) => {
      const [red, green, blue] = colour.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }

  /** The wished colour, moved towards that of the text until it can be read on all the page puts it on; at the end of the way it is the text's. */
  function shades(wish) {
    // The page's own colours of the scheme in use.
    const own = getComputedStyle(root);
    const [paper, card, ink] = ["paper", "card", "ink"].map((name) => numbers(own.getPropertyValue("--" + name)));
    for (let step = 0; ; step += 1) {
      const accent = mixed(numbers(wish), ink, step / 20);
      const soft = mixed(card, accent, 0.12);
      // A little more than 4.5, because colours are rounded when printed.
      if (step === 20 || [paper, card, soft].every((ground) => contrast(accent, ground) >= 4.55)) {
        return { accent: printed(accent), "accent-soft": printed(soft), "on-accent": printed(card) };
      }
    }
  }

  // ── The address: the page reads it and writes it, and leaves out the look

  /** The query without the look. */
  function asked() {
    const query = new URLSearchParams(location.search);
    for (const name in look) query.delete(name);
    return query;
  }

  const search = (query) => (query.size ? "?" + query : "");

  // A choice is no step in the history of the site around: "back" leaves it, as its visitor means.
  if (parent !== window) history.pushState = history.replaceState;

  /** Writes the look beside a question, so that it outlives a reload. */
  function write(query) {
    const whole = new URLSearchParams([...query, ...Object.entries(worn).filter(([, value]) => value)]);
    if (whole.toString() !== new URLSearchParams(location.search).toString()) {
      history.replaceState(history.state, "", location.pathname + search(whole));
    }
  }

  // ── What the two say to each other

  /** Whom to talk to: the site told its origin in the name of the frame. A site that did not is told nothing, nor heard. */
  const host = originIn(name);

  function originIn(text) {
    try {
      return new URL(text).origin === text ? text : null;
    } catch {
      return null;
    }
  }

  /** By kind, what was said last. */
  const said = {};

  function say(kind, content) {
    const text = JSON.stringify(content);
    if (!host || parent === window || said[kind] === text) return;
    said[kind] = text;
    parent.postMessage({ v: VERSION, kind, ...content }, host);
  }

  addEventListener("message", ({ source, origin, data }) => {
    if (parent === window || source !== parent || origin !== host || data?.v !== VERSION || data.kind !== "set") return;
    const known = { ...look, ...question };
    const told = Object.keys(known).filter((name) => data[name] !== undefined);
    if (!told.every((name) => known[name](data[name]))) return;

    const query = asked();
    const before = query.toString();
    for (const name of told) {
      if (name in look) worn[name] = data[name];
      else if (data[name]) query.set(name, data[name]);
      else query.delete(name);
    }
    paint();
    write(query);
    if (query.toString() !== before) dispatchEvent(new PopStateEvent("popstate"));
    // The page answers in microtasks.
    setTimeout(follow);
  });

  // ── Following the page

  function follow() {
    write(asked());
    for (const link of document.querySelectorAll("footer a")) {
      link.target = "_blank";
      link.rel = "noopener";
      if (link.classList.contains("whole")) link.search = search(asked());
    }
    const { content: edition } = document.querySelector("meta[name=edition]");
    const foot = document.querySelector("footer p");
    if (foot && !foot.querySelector(".edition")) {
      const text = document.createElement("span");
      text.className = "edition";
      text.textContent = edition;
      const whole = document.createElement("a");
      whole.className = "whole";
      whole.href = "./" + search(asked());
      [whole.textContent] = WHOLE[root.lang] ?? WHOLE.en;
      foot.append(" · ", text, " · ", whole);
    }
    const [from, to] = ["from", "to"].map((id) => document.getElementById(id));
    if (from && to) {
      say("ready", { edition });
      say("result", { from: from.value, to: to.value, best: document.querySelector(".hero")?.dataset.best || null });
    }
    measure();
  }

  /** How high the content is, whatever the height of the frame; a list that lies over the rest counts, a scrollbar would cut it off. */
  function measure() {
    if (!document.body) return;
    const height = Math.max(root.getBoundingClientRect().height, document.body.scrollHeight);
    if (height > 0) say("resize", { height: Math.ceil(height) });
  }

  paint();
  system.addEventListener("change", paint);
  // Sheets that come later.
  document.addEventListener("load", paint, true);
  new ResizeObserver(measure).observe(root);
  new MutationObserver(follow).observe(root, { childList: true, subtree: true });
  // What is typed may change the address and nothing else.
  for (const event of ["input", "change", "popstate"]) addEventListener(event, () => setTimeout(follow));
})();
