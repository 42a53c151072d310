// The calculator on other sites, as far as no screen matters: what is reserved at every width, colours, and who is not heard.
import fc from "fast-check";
import type { Frame } from "@playwright/test";
import { expect, frameOf, heightOf, listen, plainFrame, SCRIPT, test } from "./site";

/** The pairs of colours of the page in the frame that cannot be read well. */
const contrasts = (frame: Frame): Promise<string[]> =>
  frame.evaluate(() => {
    const own = getComputedStyle(document.documentElement);
    const luminance = (name: string) => {
      const digits = own.getPropertyValue(name).trim().slice(1);
      const parts = digits.length === 3 ? [...digits].map((digit) => digit + digit) : digits.match(/../g)!;
      const [red, green, blue] = parts.map((part) => {
        const share = parseInt(part, 16) / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
    };
    const pairs = [
      ["--accent", "--card"],
      ["--accent", "--paper"],
      ["--accent", "--accent-soft"],
      ["--on-accent", "--accent"],
    ];
    const ratio = ([one, other]: string[]) => {
      const [dark, light] = [luminance(one!), luminance(other!)].sort((a, b) => a - b);
      return (light! + 0.05) / (dark! + 0.05);
    };
    return pairs.filter((pair) => !(ratio(pair) >= 4.5)).map((pair) => `${pair}: ${ratio(pair)}`);
  });

for (const [width, body] of [
  [1240, `hs="081060"`],
  [800, `hs="081060"`],
  [600, `hs="081060"`],
  [358, `hs="081060"`],
  [1240, `hs="081060" compact`],
  [358, `hs="081060" compact`],
  [1240, ""],
  [358, ""],
] as const) {
  test(`reserves by itself what ${body || "the beginning"} needs at a width of ${width}`, async ({ page, site }) => {
    await page.setViewportSize({ width: width + 16, height: 900 });
    await page.goto(site.publishBody(`${SCRIPT}<cafta-calculator lang="en" ${body}></cafta-calculator>`));
    const frame = await frameOf(page);
    if (body) await expect(frame.locator(".number")).toHaveText("¥21,800");
    await page.waitForLoadState("networkidle");
    const needed = await frame.evaluate(() => document.documentElement.offsetHeight);
    const reserved = await heightOf(page);
    expect(needed).toBeLessThanOrEqual(reserved);
    expect(reserved - needed, "little is left empty").toBeLessThan(150);
  });
}

test("makes any accent readable in both schemes", async ({ page, site }) => {
  await page.goto(site.publishBody(`${SCRIPT}<cafta-calculator hs="081060" lang="en"></cafta-calculator>`));
  const frame = await frameOf(page);
  const element = page.locator("cafta-calculator");
  for (const theme of ["light", "dark"]) {
    for (const accent of ["#0a58ca", "#ff0", "#ffffff", "#000000", "#808080", "#f0f", "#14171a", "#faf9f6"]) {
      await element.evaluate((element, [theme, accent]) => {
        element.setAttribute("theme", theme!);
        element.setAttribute("accent", accent!);
      }, [theme, accent]);
      const wished = () => new URL(frame.url()).searchParams;
      await expect.poll(() => [wished().get("theme"), wished().get("accent")]).toEqual([theme, accent]);
      expect(await contrasts(frame), `${accent}, ${theme}`).toEqual([]);
    }
  }
  await element.evaluate((element) => element.setAttribute("accent", "red;--card:red"));
  await element.evaluate((element) => element.setAttribute("theme", "light"));
  await expect(frame.locator("body")).toHaveCSS("background-color", "rgb(255, 255, 255)");
  await expect.poll(() => new URL(frame.url()).searchParams.get("accent"), "what is no colour changes nothing").toBe("#faf9f6");
});

test("follows the scheme of the system where no theme is chosen", async ({ page, site }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto(site.publishBody(`${SCRIPT}<cafta-calculator hs="081060" accent="#0a58ca"></cafta-calculator>`));
  const frame = await frameOf(page);
  await expect(frame.locator("body")).toHaveCSS("background-color", "rgb(28, 32, 36)");
  expect(await contrasts(frame)).toEqual([]);
  await page.emulateMedia({ colorScheme: "light" });
  await expect(frame.locator("body")).toHaveCSS("background-color", "rgb(255, 255, 255)");
  await expect.poll(() => contrasts(frame)).toEqual([]);
});

/** Messages as nobody should send them: of the right shape but for one part, and of any shape. The same ones in every run. */
function nonsense(count: number): unknown[] {
  const kind = fc.constantFrom("set", "ready", "resize", "result", "", "toString", "__proto__");
  const valid = {
    from: fc.constant("VN"),
    to: fc.constant("CN"),
    hs: fc.constant("100630"),
    value: fc.constant("77"),
    lang: fc.constant("zh"),
    theme: fc.constant("dark"),
    accent: fc.constant("#ff0000"),
    compact: fc.constant("1"),
    height: fc.constant(4321),
    edition: fc.constant("2031-00000000"),
    best: fc.constant("rcep"),
  };
  const wrong = fc.oneof(
    fc.jsonValue().filter((value) => value !== "" && typeof value !== "number"),
    fc.constantFrom("<b>", "javascript:alert(1)", "TH&hs=1", "#12", "x".repeat(100_000), "-1", ["VN"], { toString: "VN" }, null, true),
  );
  const version = fc.oneof(fc.constantFrom(0, 2, "1", null, [1], true), fc.jsonValue().filter((value) => value !== 1));
  const otherVersion = fc.record({ v: version, kind, ...valid });
  const otherKind = fc.record({ v: fc.constant(1), kind: fc.oneof(wrong, fc.constantFrom("Set", "set ", "reset")), ...valid });
  // A text of two letters or of digits may be right in some place.
  const wrongHere = wrong.filter((value) => typeof value !== "string" || !/^[a-z]{2,3}$|^[\d., ]+$/i.test(value));
  const wrongParts = fc
    .constantFrom("from", "to", "hs", "value", "lang", "theme", "accent", "compact")
    .chain((name) => fc.record({ v: fc.constant(1), kind: fc.constant("set"), ...valid, [name]: wrongHere }));
  return fc.sample(fc.oneof(otherVersion, otherKind, wrongParts, fc.jsonValue()), { numRuns: count, seed: 20261122 });
}

/** What the page in the frame looks like from outside and inside. */
const stateOf = (frame: Frame) =>
  frame.evaluate(() => [
    location.href,
    document.documentElement.className,
    document.documentElement.getAttribute("style"),
    document.documentElement.lang,
    document.querySelector(".page")!.outerHTML,
    ...[...document.querySelectorAll("input, select")].map((field) => (field as HTMLInputElement).value),
  ]);

declare global {
  interface Window {
    last: Promise<void>;
  }
}

/** Waits until whatever the site sent the frame before has arrived: messages keep their order. */
async function arrived(frame: Frame): Promise<void> {
  await frame.evaluate(() => {
    window.last = new Promise((done) => addEventListener("message", ({ data }) => data === "last" && done()));
  });
  const element = await frame.frameElement();
  await element.evaluate((element) => (element as HTMLIFrameElement).contentWindow!.postMessage("last", "*"));
  await frame.evaluate(() => window.last);
}

test.describe("who does not keep to the rules is not heard", () => {
  test.beforeEach(async ({ page, site }) => {
    await page.goto(site.publishBody(`${SCRIPT}<cafta-calculator hs="081060" lang="en"></cafta-calculator>`));
    const frame = await frameOf(page);
    await expect(frame.locator(".number")).toHaveText("¥21,800");
    await page.waitForLoadState("networkidle");
  });

  test("a site that sends nonsense", async ({ page }) => {
    const frame = await frameOf(page);
    const before = await stateOf(frame);
    await page.evaluate((messages) => {
      const frame = document.querySelector("cafta-calculator")!.shadowRoot!.querySelector("iframe")!.contentWindow!;
      for (const message of messages) frame.postMessage(message, "*");
      // What JSON cannot say.
      const others = [undefined, Number.NaN, 1n, new Map([["v", 1]]), new Date(), /set/, new ArrayBuffer(9), [1, "set"]];
      for (const message of others) frame.postMessage(message, "*");
    }, nonsense(4000));
    await arrived(frame);
    expect(await stateOf(frame)).toEqual(before);
  });

  test("a frame beside it", async ({ page }) => {
    const frame = await frameOf(page);
    const before = await stateOf(frame);
    await page.evaluate(
      () =>
        new Promise((done) => {
          const beside = document.createElement("iframe");
          beside.srcdoc = "<title>Beside</title>";
          beside.onload = () => {
            // Of the same site, with a message as it should be, but not the page around.
            const target = "parent.document.querySelector('cafta-calculator').shadowRoot.firstChild.contentWindow";
            const script = beside.contentDocument!.createElement("script");
            script.textContent = `${target}.postMessage({ v: 1, kind: "set", from: "VN", theme: "dark" }, "*");
              parent.postMessage({ v: 1, kind: "resize", height: 4321 }, "*")`;
            beside.contentDocument!.body.append(script);
            done(null);
          };
          document.body.append(beside);
        }),
    );
    await arrived(frame);
    expect(await stateOf(frame)).toEqual(before);
    expect(await heightOf(page)).toBeLessThan(4321);
  });

  test("a site that is not the one in the frame's name", async ({ page, site }) => {
    const { messages } = await listen(page);
    await page.goto(site.publishBody(plainFrame("https://elsewhere.example", "?hs=081060&lang=en")));
    const frame = await frameOf(page);
    await expect(frame.locator(".number")).toHaveText("¥21,800");
    const before = await stateOf(frame);
    await page.evaluate(() => {
      document.querySelector("iframe")!.contentWindow!.postMessage({ v: 1, kind: "set", from: "VN", theme: "dark" }, "*");
    });
    await arrived(frame);
    expect(await stateOf(frame)).toEqual(before);
    expect(messages).toEqual([]);
  });

  test("a page in the frame that sends nonsense, or is not the calculator", async ({ page, site }) => {
    const frame = await frameOf(page);
    const height = await heightOf(page);
    await page.evaluate(() => {
      const events: string[] = [];
      Object.assign(window, { events });
      for (const type of ["ready", "resize", "result"]) addEventListener(`cafta:${type}`, () => events.push(type));
    });
    await frame.evaluate((messages) => {
      for (const message of messages) parent.postMessage(message, "*");
      const wrong = [
        { kind: "resize", height: "4321" },
        { kind: "resize", height: -1 },
        { kind: "resize", height: 1e9 },
        { kind: "resize", height: 4321.5 },
        { kind: "result", from: "TH", to: "CN", best: ["acfta"] },
        { kind: "result", from: "th", to: "CN", best: null },
        { kind: "result", from: "TH", to: "CN" },
        { kind: "ready", edition: "<b>" },
        { kind: "ready" },
      ];
      for (const message of wrong) parent.postMessage({ v: 1, ...message }, "*");
    }, nonsense(2000).filter((message) => !isRight(message)));
    // A page of another origin in the same frame, with messages as they should be.
    const says = `<script>parent.postMessage({ v: 1, kind: "resize", height: 4321 }, "*")</script>`;
    site.publish("/other", `<!doctype html><title>Other</title><link rel="icon" href="data:,">${says}`);
    const heard = page.evaluate(
      (other) => new Promise<void>((done) => addEventListener("message", ({ origin }) => origin === other && done())),
      site.elsewhere,
    );
    await page.locator("iframe").evaluate((frame, other) => ((frame as HTMLIFrameElement).src = other), `${site.elsewhere}/other`);
    await heard;
    expect(await page.evaluate(() => (window as unknown as { events: string[] }).events)).toEqual([]);
    expect(await heightOf(page)).toBe(height);
  });
});

/** Whether nonsense for one side is right for the other: a `resize` of the right shape is. */
const isRight = (message: unknown) => {
  const { v, kind } = (message ?? {}) as Record<string, unknown>;
  return v === 1 && typeof kind === "string" && ["ready", "resize", "result"].includes(kind);
};
