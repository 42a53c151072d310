// The page opens. Everything a person does with it has its own journey.
import { expect, test } from "./fixtures";

test("the page opens and names itself", async ({ page }) => {
  await page.goto("./");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});
