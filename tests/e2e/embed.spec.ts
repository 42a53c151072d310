// The calculator on other sites: the samples of docs/embedding, what the two sides say to each other, and what they do not.
import AxeBuilder from "@axe-core/playwright";
import { build } from "esbuild";
import type { Frame } from "@playwright/test";
import { ENGLISH } from "./calculator";
import { expect, frameOf, heightOf, inside, listen, plainFrame, SCRIPT, test } from "./site";

/** That the frame is as high as what it shows, without a scrollbar. */
async function expectFits(frame: Frame): Promise<void> {
  const fits = () =>
    frame.evaluate(() => {
      const { scrollHeight, scrollWidth } = document.documentElement;
      return scrollHeight <= innerHeight && scrollWidth <= innerWidth;
    });
  await expect.poll(fits).toBe(true);
}

test.describe("the samples of the documentation", () => {
  test("a plain page", async ({ page, site }) => {
    await page.goto(await site.publishSample("plain.html"));
    const calculator = inside(page);
    await expect(calculator.getByText(ENGLISH.saves, { exact: true })).toBeVisible();
    await expect(calculator.locator(".number")).toHaveText("¥21,800");
    await expect(page.locator("iframe")).toHaveAttribute("title", "CAFTA duty calculator");
    await expect(page.locator("iframe")).toHaveAttribute("loading", "lazy");
    await expectFits(await frameOf(page));
  });

  test("a block of WordPress, with the script and as a plain frame", async ({ page, site }) => {
    const head = `<!doctype html><html lang="en"><title>A post</title><link rel="icon" href="data:,">`;
    const around = (content: string) => `${head}<main>${content}</main></html>`;
    await page.goto(await site.publishSample("wordpress.html", around));
    await expect(page.frameLocator("cafta-calculator iframe").locator(".number")).toHaveText("¥21,800");
    const plain = page.frameLocator("main > iframe");
    await page.locator("main > iframe").scrollIntoViewIfNeeded();
    await expect(plain.locator(".number")).toHaveText("¥21,800");
    await expect(plain.locator("html")).toHaveClass("embedded compact");
    await expect(plain.locator("body")).toHaveCSS("background-color", "rgb(28, 32, 36)");
  });

  test("a page made with React", async ({ page, site }) => {
    const { outputFiles } = await build({
      stdin: {
        contents: `import { createRoot } from "react-dom/client"; import { Page } from "./docs/embedding/react.jsx";
          createRoot(document.getElementById("root")).render(<Page />);`,
        resolveDir: process.cwd(),
        loader: "jsx",
      },
      bundle: true,
      write: false,
      jsx: "automatic",
      define: { "process.env.NODE_ENV": '"production"' },
    });
    site.publish("/page.js", outputFiles[0]!.text);
    await page.goto(site.publishBody(`<div id="root"></div><script src="/page.js"></script>`));
    await expect(page.getByText("From TH, ACFTA has the lowest duty.")).toBeVisible();
    const frame = await frameOf(page);
    await frame.evaluate(() => document.body.classList.add("same"));
    await page.getByRole("button", { name: "From Viet Nam" }).click();
    await expect(page.getByText("From VN, ACFTA has the lowest duty.")).toBeVisible();
    await expect(frame.locator("#from")).toHaveValue("VN");
    await expect(frame.locator("body"), "the frame was not loaded again").toHaveClass("same");
  });

  test("a page with a strict policy", async ({ page, site }) => {
    await page.goto(await site.publishSample("strict.html"));
    await expect(inside(page).locator(".number")).toHaveText("¥21,800");
    await expectFits(await frameOf(page));
  });
});

test.describe("the element", () => {
  test("passes on what its attributes say, at first and later, and loads nothing again", async ({ page, site }) => {
    await page.goto(site.publishBody(`${SCRIPT}<cafta-calculator from="KH" hs="0904110090" value="50000" lang="en"></cafta-calculator>`));
    const frame = await frameOf(page);
    await expect(frame.locator("#from")).toHaveValue("KH");
    await expect(frame.locator(".number")).toHaveText("¥10,900");
    await frame.evaluate(() => document.body.classList.add("same"));
    await page.locator("cafta-calculator").evaluate((element) => {
      element.setAttribute("from", "CN");
      element.setAttribute("to", "VN");
      element.setAttribute("hs", "540233");
      element.setAttribute("lang", "zh");
      element.setAttribute("theme", "dark");
      element.toggleAttribute("compact", true);
      element.removeAttribute("value");
    });
    await expect(frame.locator("#to")).toHaveValue("VN");
    await expect(frame.locator("#from")).toHaveValue("CN");
    await expect(frame.locator("#value")).toHaveValue("400,000,000");
    await expect(frame.locator("html")).toHaveAttribute("lang", "zh");
    await expect(frame.locator("html")).toHaveClass("embedded compact");
    await expect(frame.locator("body")).toHaveCSS("background-color", "rgb(28, 32, 36)");
    await expect(frame.locator("body")).toHaveClass("same");
    await page.locator("cafta-calculator").evaluate((element) => {
      element.removeAttribute("theme");
      element.removeAttribute("compact");
    });
    await expect(frame.locator("html")).toHaveClass("embedded");
    await expect(frame.locator("body")).toHaveCSS("background-color", "rgb(255, 255, 255)");
  });

  test("tells its page that it is ready, how high it is, and who wins", async ({ page, site }) => {
    const { events } = await listen(page);
    await page.goto(site.publishBody(`${SCRIPT}<cafta-calculator hs="081060" lang="en"></cafta-calculator>`));
    const frame = await frameOf(page);
    const edition = await frame.locator("meta[name=edition]").getAttribute("content");
    expect(edition).toMatch(/^20\d\d-[0-9a-f]{8}$/);
    const of = (type: string) => events.filter((event) => event.type === type).map(({ detail }) => detail);
    await expect.poll(() => of("cafta:ready")).toEqual([{ edition }]);
    await expect.poll(() => of("cafta:result").at(-1)).toEqual({ from: "TH", to: "CN", best: "acfta" });
    await expect(frame.locator(".number")).toHaveText("¥21,800");
    await frame.locator("#from").selectOption("VN");
    await expect.poll(() => of("cafta:result").at(-1)).toEqual({ from: "VN", to: "CN", best: "acfta" });
    await page.locator("cafta-calculator").evaluate((element) => element.setAttribute("hs", "100630"));
    await expect.poll(() => of("cafta:result").at(-1), "no single answer, no winner").toEqual({ from: "VN", to: "CN", best: null });
    await expect.poll(() => of("cafta:resize").at(-1)?.height).toBe(await frame.evaluate(() => document.documentElement.offsetHeight));
  });

  test("is as high as what is in it, never lower than what is reserved", async ({ page, site }) => {
    await page.goto(site.publishBody(`${SCRIPT}<cafta-calculator hs="081060" lang="en" height="300"></cafta-calculator>`));
    const frame = await frameOf(page);
    await expect(frame.locator(".number")).toHaveText("¥21,800");
    await expectFits(frame);
    const closed = await heightOf(page);
    await frame.getByText(ENGLISH.why).click();
    await expect(frame.getByRole("table").first()).toBeVisible();
    await expect.poll(() => heightOf(page)).toBeGreaterThan(closed + 100);
    await expectFits(frame);
    await frame.getByText(ENGLISH.why).click();
    await expect.poll(() => heightOf(page)).toBe(closed);
    await page.locator("cafta-calculator").evaluate((element) => element.setAttribute("height", "3000"));
    await expect.poll(() => heightOf(page)).toBe(3000);
  });

  test("does not cut off the list of products", async ({ page, site }) => {
    await page.goto(site.publishBody(`${SCRIPT}<cafta-calculator compact height="1" hs="081060" lang="en"></cafta-calculator>`));
    const frame = await frameOf(page);
    await expect(frame.locator(".number")).toHaveText("¥21,800");
    // Shorter than any list: what is below the question is gone.
    await frame.evaluate(() => document.querySelectorAll("#answer, footer").forEach((part) => part.remove()));
    const closed = await heightOf(page);
    await frame.locator("#product").fill("rice");
    await expect(frame.getByRole("option").first()).toBeVisible();
    await expect.poll(() => heightOf(page)).toBeGreaterThan(closed);
    const below = () => frame.locator("#offers").evaluate((list) => innerHeight - list.getBoundingClientRect().bottom);
    await expect.poll(below).toBeGreaterThanOrEqual(0);
    await expectFits(frame);
    await frame.locator("#product").press("Escape");
    await expect.poll(() => heightOf(page)).toBeLessThanOrEqual(closed);
  });

  test("moves nothing on its page beyond the height that is reserved", async ({ page, site }) => {
    await page.addInitScript(() => {
      window.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) window.shift += entry.value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(await site.publishSample("plain.html"));
    const frame = await frameOf(page);
    await expect(frame.locator(".number")).toHaveText("¥21,800");
    await expect(frame.locator("[aria-busy]:visible")).toHaveCount(0);
    await page.waitForLoadState("networkidle");
    await expectFits(frame);
    const element = page.locator("cafta-calculator");
    const reserved = await element.evaluate((element) => parseFloat(getComputedStyle(element).minHeight));
    expect(await element.evaluate((element) => element.offsetHeight)).toBe(reserved);
    expect(await page.evaluate(() => window.shift)).toBe(0);
  });

  test("loads its frame only when somebody comes near", async ({ page, site }) => {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(site.publishBody(`${SCRIPT}<div style="height:9000px"></div><cafta-calculator hs="081060"></cafta-calculator>`));
    await expect(page.locator("iframe")).toBeAttached();
    await page.waitForLoadState("networkidle");
    expect(asked).toContain("/embed.js");
    expect(asked).not.toContain("/embed.html");
    await page.locator("#below").scrollIntoViewIfNeeded();
    await expect(inside(page).locator(".number")).toHaveText("¥21,800");
    expect(asked.filter((path) => path === "/embed.html")).toHaveLength(1);
  });

  test("may be there twice, with its script twice, and before its script", async ({ page, site }) => {
    await page.goto(
      site.publishBody(
        `<cafta-calculator hs="081060" lang="en" compact height="1"></cafta-calculator>
         <cafta-calculator hs="0904110090" from="KH" lang="en" compact height="1"><a href="/">Elsewhere</a></cafta-calculator>`,
      ),
    );
    await expect(page.getByRole("link", { name: "Elsewhere" })).toBeVisible();
    await page.evaluate(async (src) => {
      for (let copy = 0; copy < 2; copy += 1) {
        await new Promise((loaded) => {
          const script = Object.assign(document.createElement("script"), { src, onload: loaded });
          document.head.append(script);
        });
      }
    }, new URL("embed.js", test.info().project.use.baseURL).href);
    const [first, second] = [0, 1].map((position) => page.frameLocator("iframe").nth(position));
    await expect(first!.locator("#from")).toHaveValue("TH");
    await expect(second!.locator("#from")).toHaveValue("KH");
    await expect(page.getByRole("link", { name: "Elsewhere" })).toBeHidden();
    // What is said to one is not said to the other.
    await page.locator("cafta-calculator").first().evaluate((element) => element.setAttribute("from", "VN"));
    await expect(first!.locator("#from")).toHaveValue("VN");
    await expect(second!.locator("#from")).toHaveValue("KH");
  });

  test("starts anew where it is moved, with what it was told since", async ({ page, site }) => {
    await page.goto(site.publishBody(`${SCRIPT}<cafta-calculator hs="081060" lang="en"></cafta-calculator><section></section>`));
    await frameOf(page);
    await page.locator("cafta-calculator").evaluate((element) => {
      element.setAttribute("from", "VN");
      document.querySelector("section")!.append(element);
    });
    await expect(inside(page).locator("#from")).toHaveValue("VN");
    await page.locator("cafta-calculator").evaluate((element) => element.setAttribute("from", "LA"));
    await expect(inside(page).locator("#from")).toHaveValue("LA");
  });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the element shows the link in it", async ({ page, site }) => {
    await page.goto(await site.publishSample("plain.html"));
    await expect(page.getByRole("link", { name: "CAFTA duty calculator" })).toBeVisible();
  });
});

test.describe("the page in the frame", () => {
  test("keeps its way to the full calculator, and says how old its data is", async ({ page, site, context }) => {
    await page.goto(site.publishBody(`${SCRIPT}<cafta-calculator lang="en" theme="dark" compact></cafta-calculator>`));
    const frame = await frameOf(page);
    const whole = frame.getByRole("link", { name: "Open the full calculator" });
    const asked = async () => Object.fromEntries(new URL((await whole.getAttribute("href"))!, frame.url()).searchParams);
    await expect.poll(asked).toEqual({ lang: "en" });
    await frame.locator("#product").fill("081060");
    await frame.locator("#product").press("Enter");
    await frame.locator("#value").fill("5000");
    await expect.poll(asked).toEqual({ lang: "en", hs: "081060", value: "5000" });
    await expect(whole).toHaveAttribute("target", "_blank");
    await expect(frame.locator("footer a").first()).toHaveAttribute("target", "_blank");
    const edition = await frame.locator("meta[name=edition]").getAttribute("content");
    await expect(frame.locator("footer .edition")).toHaveText(edition!);

    const [opened] = await Promise.all([context.waitForEvent("page"), whole.click()]);
    await expect(opened.locator(".number")).toHaveText("¥1,090");
    expect(opened.url()).not.toContain("embed");
  });

  test("keeps its look while it is used and loaded again", async ({ page, site }) => {
    const accent = encodeURIComponent("#0a58ca");
    await page.goto(site.publishBody(plainFrame(site.origin, `?hs=081060&lang=en&theme=dark&accent=${accent}&compact=1`)));
    const frame = await frameOf(page);
    await frame.locator("#value").fill("5000");
    await expect(frame.locator(".number")).toHaveText("¥1,090");
    const address = () => Object.fromEntries(new URL(frame.url()).searchParams);
    await expect.poll(address).toMatchObject({ theme: "dark", accent: "#0a58ca", compact: "1", value: "5000" });
    await frame.evaluate(() => location.reload());
    await expect(frame.locator(".number")).toHaveText("¥1,090");
    await expect(frame.locator("html")).toHaveClass("embedded compact");
    await expect(frame.locator("body")).toHaveCSS("background-color", "rgb(28, 32, 36)");
  });

  test("leaves the history to the site around it", async ({ page, site }) => {
    await page.goto(site.publishBody(`${SCRIPT}<cafta-calculator hs="081060" lang="en"></cafta-calculator>`));
    const frame = await frameOf(page);
    const before = await page.evaluate(() => history.length);
    await frame.locator("#from").selectOption("VN");
    await frame.getByRole("button", { name: "Other direction" }).click();
    await expect(frame.locator("#to")).toHaveValue("VN");
    expect(await page.evaluate(() => history.length)).toBe(before);
  });

  for (const attributes of [`theme="light"`, `theme="dark"`, `theme="light" compact`, `theme="dark" compact accent="#ffcc00"`]) {
    test(`is accessible with ${attributes}`, async ({ page, site }) => {
      const calculator = `<cafta-calculator hs="081060" lang="en" ${attributes}></cafta-calculator>`;
      await page.goto(site.publishBody(`<main><h1>A site</h1>${SCRIPT}${calculator}</main>`));
      const frame = await frameOf(page);
      await expect(frame.locator(".number")).toHaveText("¥21,800");
      await expect(frame.locator("[aria-busy]:visible")).toHaveCount(0);
      const { violations } = await new AxeBuilder({ page }).include(["cafta-calculator"]).analyze();
      expect(violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.failureSummary}`))).toEqual([]);
    });
  }

  test("is walked through by keyboard between what is before and behind it", async ({ page, site }) => {
    const calculator = `${SCRIPT}<cafta-calculator compact lang="en"></cafta-calculator>`;
    await page.goto(site.publishBody(`<button>Before</button>${calculator}<button>Behind</button>`));
    const frame = await frameOf(page);
    await page.getByRole("button", { name: "Before" }).focus();
    const walked: string[] = [];
    for (let step = 0; step < 30 && walked.at(-1) !== "Behind"; step += 1) {
      await page.keyboard.press("Tab");
      const name = () => (document.hasFocus() ? document.activeElement!.id || document.activeElement!.textContent! : "");
      walked.push((await frame.evaluate(name)) || (await page.evaluate(name)));
    }
    expect(walked.slice(0, 3)).toEqual(["product", "from", "to"]);
    expect(walked.slice(-3)).toEqual(["About the data", "Open the full calculator", "Behind"]);
  });
});

test("nothing a visitor types or looks at reaches the site", async ({ page, site }) => {
  const { messages, events } = await listen(page);
  await page.goto(site.publishBody(`${SCRIPT}<cafta-calculator lang="en"></cafta-calculator>`));
  const frame = await frameOf(page);
  await frame.locator("#product").fill("durians, fresh");
  await expect(frame.getByRole("listbox").getByRole("option").first()).toBeVisible();
  await frame.locator("#product").press("Enter");
  await expect(frame.locator(".number")).toHaveText("¥21,800");
  await frame.locator("#value").fill("73519");
  await expect(frame.locator(".number")).toHaveText("¥16,027.14");
  await frame.getByText(/^Is the certificate worth it/).click();
  await frame.getByRole("textbox", { name: /hours/i }).first().fill("8642");
  await frame.locator("#from").selectOption("VN");
  await expect.poll(() => messages.filter(({ data }) => data.from === "VN").length).toBeGreaterThan(0);

  const fields: Record<string, string[]> = {
    ready: ["edition", "kind", "v"],
    resize: ["height", "kind", "v"],
    result: ["best", "from", "kind", "to", "v"],
  };
  for (const { origin, data } of messages) {
    expect(origin).toBe(new URL(frame.url()).origin);
    expect(Object.keys(data).sort()).toEqual(fields[data.kind]);
  }
  const all = JSON.stringify([messages, events]);
  for (const secret of ["urian", "0810", "73519", "73,519", "16,027", "16027", "8642", "21,800", "21800"]) expect(all).not.toContain(secret);
});

test.describe("the page that makes snippets", () => {
  test("shows what is chosen and puts it into snippets that work", async ({ page, site, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: test.info().project.use.baseURL! });
    await page.goto("./embed-builder.html");
    const preview = await frameOf(page);
    await expect(preview.locator(".number")).toHaveText("¥21,800");
    await page.getByLabel("From").selectOption("KH");
    await page.getByLabel("Product code").fill("0904110090");
    await page.getByLabel("Value").fill("50000");
    await page.getByLabel("Language").selectOption("en");
    await page.getByLabel("Colours").selectOption("dark");
    await page.getByLabel("Accent").fill("#ffcc00");
    await page.getByLabel("Height reserved").fill("600");
    await page.getByLabel("Only the question and the answer").check();
    await expect(preview.locator(".number")).toHaveText("¥10,900");
    await expect(preview.locator("html")).toHaveClass("embedded compact");
    await expect(preview.locator("body")).toHaveCSS("background-color", "rgb(28, 32, 36)");

    await page.getByRole("button", { name: "Copy the script snippet" }).click();
    await expect(page.getByRole("status")).toHaveText("Copied.");
    const script = await page.evaluate(() => navigator.clipboard.readText());
    expect(script).toContain(`from="KH" to="CN" hs="0904110090" value="50000" lang="en" theme="dark" accent="#ffcc00" compact`);
    expect(script).toContain(`style="display:block;min-height:600px"`);
    const wordpress = await page.getByLabel("Snippet for WordPress").textContent();
    expect(wordpress).toBe(`<!-- wp:html -->\n${script}\n<!-- /wp:html -->`);
    const plain = (await page.getByLabel("Snippet as a plain frame").textContent())!;

    for (const snippet of [script, plain]) {
      await page.goto(site.publishBody(snippet));
      const frame = await frameOf(page);
      await expect(frame.locator(".number")).toHaveText("¥10,900");
      await expect(frame.locator("html")).toHaveClass("embedded compact");
      expect(await heightOf(page)).toBeGreaterThanOrEqual(600);
    }
  });

  test("leaves out of the snippets what is wrong", async ({ page }) => {
    await page.goto("./embed-builder.html");
    const script = page.getByLabel("Snippet with a script");
    await expect(script).toContainText(`hs="081060"`);
    await page.getByLabel("Product code").fill(`"><script>`);
    await page.getByLabel("Accent").fill("red");
    await expect(script).not.toContainText("hs=");
    await expect(script).not.toContainText("accent");
  });

  test("says so where it may not copy", async ({ page }) => {
    await page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
    await page.goto("./embed-builder.html");
    await page.getByRole("button", { name: "Copy the frame snippet" }).click();
    await expect(page.getByRole("status")).toContainText("copy it yourself");
    const selected = await page.evaluate(() => getSelection()!.toString());
    expect(selected).toBe(await page.getByLabel("Snippet as a plain frame").textContent());
  });

  test("is accessible and fits the screen", async ({ page }) => {
    await page.goto("./embed-builder.html");
    await expect((await frameOf(page)).locator(".number")).toHaveText("¥21,800");
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      // What is in the frame has its own journey, and landmarks of its own.
      const { violations } = await new AxeBuilder({ page }).exclude("cafta-calculator").analyze();
      expect(violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.failureSummary}`))).toEqual([]);
    }
    const { width } = page.viewportSize()!;
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
});
