// One person joins, posts an ask and corrects a mistake with the keyboard alone.
// node story_keyboard.mjs URL CHROMIUM FOLDER: what had the focus goes to standard output.

import { join } from "node:path";
import { drive, report } from "./drive.mjs";

const [url, executablePath, folder] = process.argv.slice(2);

/** The words of what has the focus: its label, its name or its text. */
const focused = (page) =>
  page.evaluate(() => {
    const here = document.activeElement;
    const label = here.labels?.[0]?.textContent;
    return (here.getAttribute("aria-label") ?? label ?? here.textContent ?? "").trim();
  });

/** Press Tab until what has the focus starts with `words`. */
async function tabTo(page, words) {
  const passed = [];
  for (let step = 0; step < 80; step += 1) {
    const here = await focused(page);
    if (here.startsWith(words)) return;
    passed.push(here.slice(0, 40));
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never reached ${words}; it passed ${passed.join(" | ")}`);
}

async function story(page) {
  await page.goto(url);
  await page.getByRole("searchbox").waitFor();
  await tabTo(page, "Find a person");
  await page.keyboard.type("Cai willow");
  await page.keyboard.press("Enter");
  await page.getByText("Welcome to Hourbridge").waitFor();
  if (!(await focused(page)).startsWith("Type to Hourbridge")) {
    throw new Error(`the chat opens with the focus on ${await focused(page)}`);
  }
  await page.keyboard.type("ask help with run charts, 7 minutes");
  await page.keyboard.press("Enter");
  await page.getByText("I have kept what you typed").last().waitFor();
  await page.keyboard.type("join");
  await page.keyboard.press("Enter");
  await page.locator("#form-dialog form").waitFor();
  await tabTo(page, "I will not share patient details");
  await page.keyboard.press("Space");
  await tabTo(page, "Join");
  await page.keyboard.press("Enter");
  await page.getByText("steps of 15 minutes").last().waitFor();
  await page.locator("#form-dialog form").waitFor({ state: "detached" });
  const back = await focused(page);
  await page.getByRole("region", { name: /^Cai Rees/ }).getByRole("textbox").focus();
  await page.keyboard.type("/ask");
  await page.keyboard.press("Enter");
  await page.locator("#form-dialog form").waitFor();
  await tabTo(page, "What would you like help with?");
  await page.keyboard.type("Run charts");
  await tabTo(page, "How long will it take?");
  await page.keyboard.type("7 minutes");
  await page.keyboard.press("Enter");
  const error = page.locator("#form-dialog .error", { hasText: "steps of 15 minutes" });
  await error.waitFor();
  const wrong = await focused(page);
  await page.keyboard.press("Control+A");
  await page.keyboard.type("45 mins");
  await page.keyboard.press("Enter");
  await page.getByText("Check your ask").last().waitFor();
  await tabTo(page, "Post it");
  await page.keyboard.press("Enter");
  await page.getByText("Posted.").last().waitFor();
  await page.screenshot({ path: join(folder, "keyboard.png") });
  return { back, wrong };
}

report(await drive(executablePath, folder, { viewport: { width: 1280, height: 900 } }, story));
