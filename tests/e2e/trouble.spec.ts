// Files that do not arrive, or arrive wrong: each says what happened, and trying again works.
import type { Route } from "@playwright/test";
import { expect, test } from "./fixtures";

const RATES = "**/data/rates.CN.*.pack";
const TITLE = "The rates could not be loaded";

/** Serves the file as it is, after a change. */
const changed = (change: (bytes: Buffer) => Buffer) => async (route: Route) => {
  const bytes = await (await route.fetch()).body();
  await route.fulfill({ contentType: "application/octet-stream", body: change(Buffer.from(bytes)) });
};

const flipped = (position: (length: number) => number, value?: number) =>
  changed((bytes) => {
    const at = position(bytes.length);
    bytes[at] = value ?? bytes[at]! ^ 1;
    return bytes;
  });

const cases: { name: string; serve: (route: Route) => Promise<void>; says: string; complaint?: RegExp }[] = [
  {
    name: "are not there",
    serve: (route) => route.fulfill({ status: 404, contentType: "text/plain", body: "not found\n" }),
    says: "The server does not have this file (answer 404). A newer edition may be out: reload the page.",
    complaint: /status of 404.*rates\.CN/,
  },
  {
    name: "meet a broken server",
    serve: (route) => route.fulfill({ status: 503, contentType: "text/html", body: "<h1>busy</h1>" }),
    says: "The server does not have this file (answer 503).",
    complaint: /status of 503.*rates\.CN/,
  },
  {
    name: "meet no network",
    serve: (route) => route.abort("internetdisconnected"),
    says: "No connection to the server. Check your connection and try again.",
    complaint: /ERR_INTERNET_DISCONNECTED.*rates\.CN/,
  },
  {
    name: "arrive in part",
    serve: changed((bytes) => bytes.subarray(0, bytes.length / 2)),
    says: "Only part of the file arrived. Try again.",
  },
  { name: "arrive empty", serve: changed(() => Buffer.alloc(0)), says: "Only part of the file arrived. Try again." },
  {
    name: "arrive damaged",
    serve: flipped((length) => length - 100),
    says: "The file was damaged on its way. Try again.",
  },
  {
    name: "are of an older format",
    serve: flipped(() => 8, 0),
    says: "The file belongs to another version of this page. Reload the page.",
  },
  {
    name: "are a page of somebody else",
    serve: (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Sign in to this network</title>" }),
    says: "The server sent something else than the rates. Try again, or reload the page.",
  },
];

test("rates that do not arrive, or arrive wrong, until they arrive", async ({ calculator, page, expectComplaint }) => {
  const alert = page.getByRole("alert");
  const again = alert.getByRole("button", { name: "Try again" });
  for (const [position, { name, serve, says, complaint }] of cases.entries()) {
    await test.step(`rates that ${name}`, async () => {
      if (complaint) expectComplaint(complaint);
      await page.unroute(RATES);
      await page.route(RATES, serve);
      // Each trouble is met by trying again in the one before.
      await (position === 0 ? calculator.open("?hs=081060") : again.click());
      await expect(alert.getByRole("heading", { name: TITLE })).toBeVisible();
      await expect(alert).toContainText(says);
    });
  }
  // The question can be changed meanwhile.
  await calculator.value.fill("50000");
  await expect(alert).toBeVisible();
  await page.unroute(RATES);
  await again.click();
  await calculator.expectSaving("¥10,900");
  await expect(alert).toBeHidden();
});

test("rates that take their time", async ({ calculator, page }) => {
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  await page.route(RATES, async (route) => {
    await arrived;
    await route.continue();
  });
  await calculator.open("?hs=081060");
  await expect(page.getByRole("status").filter({ hasText: "Loading the rates …" })).toBeVisible();
  // Whoever goes on meanwhile gets the answer to the last question.
  await calculator.value.fill("50000");
  arrive();
  await calculator.expectSaving("¥10,900");
});

test("words that do not arrive: the page says so in both languages", async ({ calculator, page, expectComplaint }) => {
  expectComplaint(/status of 404.*messages\.en/);
  const messages = "**/data/messages.en.*.pack";
  await page.route(messages, (route) => route.fulfill({ status: 404 }));
  await page.goto("./?hs=081060");
  await expect(page.getByRole("heading", { name: "This page could not be loaded · 页面无法加载" })).toBeVisible();
  await page.unroute(messages);
  await page.getByRole("button", { name: "Try again · 重试" }).click();
  await calculator.expectSaving("¥21,800");
});

test("labels that do not arrive: the answer stands with the code", async ({ calculator, page, expectComplaint }) => {
  expectComplaint(/status of 404.*labels\.en/);
  const labels = "**/data/labels.en.*.pack";
  await page.route(labels, (route) => route.fulfill({ status: 404 }));
  await calculator.open("?hs=081060");
  await calculator.expectSaving("¥21,800");
  await expect(calculator.product).toHaveValue("0810.60");

  await calculator.product.click();
  await calculator.product.pressSequentially("pepper");
  await expect(page.getByText("The product list could not be loaded.")).toBeVisible();
  await page.unroute(labels);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(calculator.options.first()).toBeVisible();
  await calculator.product.press("Escape");
  await expect(calculator.product).toHaveValue("Durians, fresh");
});

// The finder asks for them, and a browser complains of what a worker does not get on no console that can be heard here.
test("search words that do not arrive: the list says so and can be tried again", async ({ calculator, page }) => {
  const index = "**/data/index.en.*.pack";
  await page.route(index, (route) => route.fulfill({ status: 404 }));
  await calculator.open();
  await calculator.product.click();
  await calculator.product.pressSequentially("durian");
  await expect(page.getByText("The product list could not be loaded.")).toBeVisible();
  await page.unroute(index);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(calculator.options.first()).toContainText("Durians, fresh");
});

for (const [what, file] of [
  ["program", "**/finder-*_bg.wasm"],
  ["script", "**/finder-*.js"],
] as const) {
  test(`the ${what} of the finder does not arrive: the list says so and can be tried again`, async ({ calculator, page }) => {
    await page.route(file, (route) => route.abort());
    await calculator.open();
    await calculator.product.click();
    await calculator.product.pressSequentially("durian");
    await expect(page.getByText("The product list could not be loaded.")).toBeVisible();
    await page.unroute(file);
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(calculator.options.first()).toContainText("Durians, fresh");
  });
}

for (const [what, file] of [
  ["program", "**/details-*_bg.wasm"],
  ["script", "**/details-*.js"],
] as const) {
  test(`the ${what} of the details does not arrive: the fold says so and can be tried again`, async ({ calculator, page }) => {
    await page.route(file, (route) => route.abort());
    await calculator.open("?hs=081060");
    await calculator.fold(calculator.words.arithmetic).click();
    const alert = page.getByRole("alert");
    await expect(alert).toContainText("These details could not be loaded.");
    await page.unroute(file);
    await alert.getByRole("button", { name: "Try again" }).click();
    await expect(calculator.step("MFN", /^By value/)).toBeVisible();
    await expect(alert).toBeHidden();
  });
}

test("labels of lines that do not arrive: the choice stands with its codes", async ({ calculator, page, expectComplaint }) => {
  expectComplaint(/status of 404.*lines\.CN-en/);
  await page.route("**/data/lines.CN-en.*.pack", (route) => route.fulfill({ status: 404 }));
  await calculator.open("?from=VN&hs=100630");
  await page.getByRole("link", { name: /1006\.30\.20\.90/ }).click();
  await calculator.expectSaving("¥16,350");
});

for (const [what, file] of [
  ["program", "**/*_bg.wasm"],
  ["code around the program", /\/cafta-calculator-[0-9a-f]+\.js$/],
] as const) {
  test(`the ${what} does not arrive: the page says so`, async ({ page, expectComplaint }) => {
    expectComplaint(/ERR_FAILED/);
    await page.route(file, (route) => route.abort());
    await page.goto("./?hs=081060");
    const alert = page.getByRole("alert");
    await expect(alert.getByRole("heading", { name: "The calculator could not start · 计算器未能启动" })).toBeVisible();
    await expect(page.getByRole("progressbar")).toBeHidden();
    await page.unroute(file);
    await alert.getByRole("link", { name: "Try again · 重试" }).click();
    await expect(page.getByRole("paragraph").filter({ hasText: /^¥21,800$/ })).toBeVisible();
  });
}
