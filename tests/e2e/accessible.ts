// The rules of axe, for every page and state. Which states there are is in axe.spec.ts and languages.spec.ts.
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** That a page breaks none of the rules, in light and in dark colours. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: "light" });
  expect(await violations(new AxeBuilder({ page }).withTags(TAGS)), "in light colours").toEqual([]);
  // Nothing but colours depends on the scheme.
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await violations(new AxeBuilder({ page }).withRules(["color-contrast", "link-in-text-block"])), "in dark colours").toEqual([]);
}

async function violations(builder: AxeBuilder): Promise<string[]> {
  const { violations } = await builder.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary}`));
}
