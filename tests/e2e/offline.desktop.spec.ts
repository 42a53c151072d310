// The page as an installed program: it opens, answers and searches without a network, and only what was really published is kept.
import type { Page } from "@playwright/test";
import { Calculator, ENGLISH } from "./calculator";
import { expect, test } from "./host";

/** The names of the files that are kept. */
const kept = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const { scope } = await navigator.serviceWorker.ready;
    const keys = (await caches.keys()).filter((key) => !key.endsWith("pages"));
    const requests = await Promise.all(keys.map(async (key) => (await caches.open(key)).keys()));
    return requests.flat().map(({ url }) => url.slice(scope.length));
  });

/** Opens the page for the first time, until all it keeps is kept. */
async function visit(calculator: Calculator, search = ""): Promise<void> {
  await calculator.open(search);
  await expect.poll(() => kept(calculator.page)).toEqual(expect.arrayContaining([expect.stringMatching(/^data\/index\.en\./), "about.en.html"]));
}

test("the page can be installed", async ({ calculator, page, host }) => {
  await calculator.open();
  const address = await page.evaluate(() => document.querySelector<HTMLLinkElement>("link[rel=manifest]")!.href);
  const manifest = await (await page.request.get(address)).json();
  expect(manifest).toMatchObject({ id: "./", start_url: "./", scope: "./", display: "standalone", name: "CAFTA duty calculator" });
  expect(manifest.short_name.length, "room under an icon").toBeLessThanOrEqual(12);
  const tokens = await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--paper"));
  expect([manifest.theme_color, manifest.background_color]).toEqual([tokens, tokens]);

  for (const { src, type, sizes } of manifest.icons) {
    const icon = await page.request.get(new URL(src, address).href);
    expect(icon.headers()["content-type"], src).toBe(type);
    const [width, height] = await page.evaluate(async (src) => {
      const image = new Image();
      image.src = src;
      await image.decode();
      return [image.naturalWidth, image.naturalHeight];
    }, src);
    if (sizes !== "any") expect(`${width}x${height}`, src).toBe(sizes);
  }
  expect(manifest.icons.map(({ purpose }: { purpose?: string }) => purpose ?? "any")).toContain("maskable");

  // What the browser itself says is in the way of installing.
  const session = await page.context().newCDPSession(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  const { errors } = await session.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  // Playwright's contexts are private windows, where nothing can be installed.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito")).toEqual([]);
  expect(host.version.has("sw.js")).toBe(true);
});

for (const folder of ["/", "/tools/duty/"]) {
  test.describe(`in ${folder}`, () => {
    test.use({ folder });

    test("after one visit everything works without a network", async ({ calculator, context, page, host }) => {
      await visit(calculator, "?hs=081060");
      await calculator.expectSaving("¥21,800");
      await context.setOffline(true);
      host.isReachable = false;

      await page.reload();
      await calculator.expectSaving("¥21,800");
      // Links nobody opened before, into every country.
      await calculator.open("?from=VN&hs=100630");
      await expect(page.getByRole("link", { name: /1006\.30\.20\.90/ })).toBeVisible();
      for (const to of ["BN", "ID", "KH", "LA", "MM", "MY", "PH", "SG", "TH", "TL", "VN"]) {
        await calculator.open(`?from=CN&to=${to}&hs=870380`);
        await expect(page.locator("#answer")).toContainText("MFN");
        await expect(page.getByRole("alert")).toBeHidden();
      }
      await calculator.open("index.html?hs=081060");
      await calculator.search("pepper");
      await calculator.options.first().click();
      await expect(calculator.product).toHaveValue(/pepper/i);

      await calculator.open("?hs=081060");
      await calculator.openAllFolds();
      await expect(page.getByRole("table").first()).toBeVisible();
      await page.getByRole("link", { name: "About the data" }).click();
      await expect(page).toHaveURL(/about\.en\.html$/);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    });
  });
}

test("another language is kept when it is used", async ({ calculator, chinese, context, page, host }) => {
  await visit(calculator, "?hs=081060");
  await page.reload();
  await expect(calculator.product).toHaveValue("Durians, fresh");
  await calculator.language.selectOption("中文");
  await expect(chinese.product).toHaveValue("鲜榴莲");
  await expect.poll(() => kept(page)).toContainEqual(expect.stringMatching(/^data\/lines\.CN-zh\./));
  await context.setOffline(true);
  host.isReachable = false;
  await page.reload();
  await chinese.expectSaving("¥21,800");
  await expect(chinese.product).toHaveValue("鲜榴莲");
});

test("only what was published is kept, and a damaged file is asked for again", async ({ calculator, context, page, host }) => {
  const rates = /^data\/rates\.TH\./;
  host.instead = [[rates, { status: 200, type: "text/html", body: "<!doctype html><title>Sign in to this network</title>" }]];
  await calculator.open("?hs=081060");
  await calculator.expectSaving("¥21,800");
  // It was asked for twice, also past the browser's own cache, and is not what it should be: nothing is installed.
  await expect.poll(() => host.asked.filter((name) => rates.test(name)).length).toBe(2);
  await expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.active?.state)).toBeUndefined();
  await calculator.value.fill("50000");
  await calculator.expectSaving("¥10,900");

  host.instead = [];
  host.asked.length = 0;
  await visit(calculator, "?hs=081060");
  expect(host.asked.filter((name) => name.startsWith("data/rates.VN.")), "what arrived the first time is not asked for again").toEqual([]);
  await context.setOffline(true);
  host.isReachable = false;
  await calculator.open("?from=CN&to=TH&hs=870380");
  await expect(page.locator("#answer")).toContainText("MFN");
});

test("where the worker cannot be had, the page works and says nothing", async ({ calculator, host, expectComplaint }) => {
  // What the browser says itself; the page adds nothing to it.
  expectComplaint(/bad HTTP response code \(404\)/);
  host.instead = [[/^sw\.js$/, { status: 404, type: "text/plain", body: "not found\n" }]];
  await calculator.open("?hs=081060");
  await calculator.expectSaving("¥21,800");
  await expect.poll(() => host.asked).toContain("sw.js");
  await calculator.value.fill("50000");
  await calculator.expectSaving("¥10,900");
});

test("answers do not need room to keep things", async ({ calculator, context, page, host }) => {
  const session = await context.newCDPSession(page);
  await session.send("Storage.overrideQuotaForOrigin", { origin: new URL(host.address).origin, quotaSize: 20_000 });
  await calculator.open("?hs=081060");
  await calculator.expectSaving("¥21,800");
  await expect.poll(() => host.asked).toContain("sw.js");
  await calculator.search("pepper");
  await calculator.open("?from=CN&to=TH&hs=870380");
  await expect(page.locator("#answer")).toContainText("MFN");
});

test("nothing is kept for a frame of another page", async ({ context, page, host }) => {
  host.version.set("frame.html", Buffer.from('<!doctype html><title>shop</title><link rel=icon href=data:,><iframe src="./?hs=081060" width=800 height=900></iframe>'));
  await page.goto("frame.html");
  const inside = new Calculator(page.frameLocator("iframe") as unknown as Page, ENGLISH);
  await inside.expectSaving("¥21,800");
  await expect(inside.product).toHaveValue("Durians, fresh");
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
  expect(host.asked).not.toContain("sw.js");
  expect(context.serviceWorkers()).toEqual([]);
});

