// The browser, the screen and the server of the journeys, for what is measured and not tested. Not part of `npx playwright test`:
// `cargo xtask bench` names this file.
import { defineConfig } from "@playwright/test";
import journeys from "../../playwright.config";

export default defineConfig({
  ...journeys,
  testDir: ".",
  testMatch: "*.bench.ts",
  outputDir: "../../test-results",
  // As long as it takes, one after the other: two at once would measure each other.
  timeout: 0,
  workers: 1,
  fullyParallel: false,
  reporter: "line",
  projects: journeys.projects?.filter(({ name }) => name === "desktop"),
});
