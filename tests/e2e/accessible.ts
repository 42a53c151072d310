// The rules of axe, and the size of what is touched, for every page and state. Which states there are is in axe.spec.ts.
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** That a page breaks none of the rules, in light and in dark colours. What one state breaks does not keep the next from being looked at. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: "light" });
  expect.soft(await violations(page, { type: "tag", values: TAGS }), "in light colours").toEqual([]);
  // Nothing but colours depends on the scheme.
  await page.emulateMedia({ colorScheme: "dark" });
  expect.soft(await violations(page, { type: "rule", values: ["color-contrast", "link-in-text-block"] }), "in dark colours").toEqual([]);
  expect.soft(await small(page), "places to touch are at least 24 px wide and high").toEqual([]);
}

/** What a finger may miss. To axe a small place is large enough as long as no other is near. */
function small(page: Page): Promise<string[]> {
  return page.locator("a, button, summary, input, select, [role=option]").evaluateAll((elements) =>
    elements
      .filter((element) => element.checkVisibility())
      .map((element) => ({ html: element.outerHTML.slice(0, 100), box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width < 24 || box.height < 24)
      .map(({ html, box }) => `${box.width} × ${box.height}: ${html}`),
  );
}

async function violations(page: Page, runOnly: { type: "tag" | "rule"; values: string[] }): Promise<string[]> {
  // A third of the time: no second page is opened to put the results of frames together, for there are none, and what passes is not told.
  const builder = new AxeBuilder({ page }).setLegacyMode().options({ runOnly, resultTypes: ["violations"] });
  const { violations } = await builder.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary}`));
}
