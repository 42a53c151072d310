// The browser tests: which browsers, which screens, and the server they talk to. The journeys are in tests/e2e.
import { defineConfig, devices } from "@playwright/test";

const port = Number(process.env.E2E_PORT ?? 8137);

// `cargo xtask test` names itself in XTASK; a run by hand asks cargo.
const xtask = process.env.XTASK ? `"${process.env.XTASK}"` : "cargo xtask";

// Debian's Chromium, because Playwright's own browsers are downloads from outside the registries.
const launchOptions = {
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  // No sandbox, so that it also starts as root; the rest keeps the browser from talking to its maker.
  args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
};

export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results",
  timeout: 30_000,
  workers: 2,
  // A test that passes at the second try is a fault to find.
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  fullyParallel: true,
  // The JSON report is what `cargo xtask test` counts.
  reporter: [["list"], ["json", { outputFile: "target/e2e.json" }]],
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    locale: "en-GB",
    timezoneId: "Asia/Singapore",
    trace: "off",
    // What a service worker asks for passes by `page.route`, and what it keeps passes by the server: only the journeys about it have it.
    serviceWorkers: "block",
  },
  projects: [
    {
      name: "desktop",
      use: { ...devices["Desktop Chrome"], viewport: { width: 1280, height: 800 }, launchOptions },
    },
    {
      name: "phone",
      testIgnore: "**/*.desktop.spec.ts",
      use: {
        ...devices["Pixel 7"],
        viewport: { width: 390, height: 844 },
        deviceScaleFactor: 2,
        isMobile: true,
        hasTouch: true,
        launchOptions,
      },
    },
  ],
  webServer: {
    command: `${xtask} serve --no-build --port ${port}`,
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: false,
    timeout: 60_000,
  },
});
