// Typing a day with the keyboard; a phone has a picker instead, so this runs on the desktop only.
import { expect, test } from "./fixtures";

test("a day can be typed", async ({ calculator }) => {
  await calculator.open("?from=VN&hs=5402339000");
  await calculator.expectSaving("¥678");
  await calculator.day.focus();
  // Day, month and year one after the other, in the order of this browser.
  await calculator.page.keyboard.type("01012027", { delay: 20 });
  await expect(calculator.day).toHaveValue("2027-01-01");
  await calculator.expectSaving("¥791");
});
