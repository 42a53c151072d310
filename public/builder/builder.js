// Makes the snippets of embed-builder.html from what is chosen, and shows it with the same script and element a site would use.
// It knows the attributes of public/embed.js and nothing of the calculator.
const form = document.getElementById("choices");
const place = document.getElementById("preview");
const copied = document.getElementById("copied");

/** What goes into the address of a frame, in the order in which people read it. */
const SETTINGS = ["from", "to", "hs", "value", "lang", "theme", "accent", "compact"];
/** What an answer needs on a desktop: that high is a plain frame, on every screen. */
const HIGH = { compact: 440, whole: 980 };
/** What an answer needs as wide as the screen: kept free until the script is there. */
const FREE = { compact: "max(440px, 770px - 25vw)", whole: "max(980px, 2280px - 140vw)" };

const escaped = (text) => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
const address = (file) => new URL(file, location.href.replace(/[?#].*/, ""));

/** What is chosen and differs from what is usual; what is wrong counts as not chosen. */
function chosen() {
  const choices = {};
  for (const field of form.elements) {
    const value = field.type === "checkbox" ? (field.checked ? "1" : "") : field.value.trim();
    if (value && field.validity.valid && !(field.name === "theme" && value === "auto")) choices[field.name] = value;
  }
  return choices;
}

function snippets({ height, ...choices }) {
  const settings = SETTINGS.filter((name) => name in choices);
  const attributes = settings.map((name) => (name === "compact" ? " compact" : ` ${name}="${escaped(choices[name])}"`)).join("");
  const frame = address("embed.html");
  for (const name of settings) frame.searchParams.set(name, choices[name]);
  const whole = escaped(address("./").href);
  const form = choices.compact ? "compact" : "whole";
  const high = height || HIGH[form];
  const reserved = ` style="display:block;min-height:${height ? `${height}px` : FREE[form]}"`;
  const script =
    `<script async src="${escaped(address("embed.js").href)}"></script>\n` +
    `<cafta-calculator${attributes}${reserved}><a href="${whole}">CAFTA duty calculator</a></cafta-calculator>`;
  return {
    script,
    frame:
      `<iframe src="${escaped(frame.href)}" title="CAFTA duty calculator" width="100%" height="${high}" ` +
      `style="border:0" loading="lazy" referrerpolicy="no-referrer"></iframe>`,
    wordpress: `<!-- wp:html -->\n${script}\n<!-- /wp:html -->`,
  };
}

/** One element for all that is chosen: a change is told to its frame, as a site would. */
const preview = document.createElement("cafta-calculator");

function show() {
  const choices = chosen();
  for (const name of [...SETTINGS, "height"]) {
    if (name in choices) preview.setAttribute(name, choices[name]);
    else preview.removeAttribute(name);
  }
  for (const [id, text] of Object.entries(snippets(choices))) document.getElementById(id).textContent = text;
}

async function copy(id) {
  const text = document.getElementById(id);
  try {
    await navigator.clipboard.writeText(text.textContent);
    copied.textContent = "Copied.";
  } catch {
    getSelection().selectAllChildren(text);
    copied.textContent = "Your browser does not let this page copy: the snippet is selected, copy it yourself.";
  }
}

form.elements.to.value = "CN";
form.elements.from.value = "TH";
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", () => {
  copied.textContent = "";
  show();
});
for (const button of document.querySelectorAll("[data-copies]")) button.addEventListener("click", () => copy(button.dataset.copies));
show();
place.append(preview);
