// The whole story on the local page, in two panes; and its accessibility at two widths.
// node story.mjs URL CHROMIUM FOLDER: pictures go to FOLDER, the findings to standard output.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { drive, report } from "./drive.mjs";

const [url, executablePath, folder] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const findings = [];

/** Colours are measured when nothing fades in any more; what moves for ever is left to move. */
function finishAnimations() {
  for (const animation of document.getAnimations()) {
    if (Number.isFinite(animation.effect.getComputedTiming().endTime)) animation.finish();
  }
}

/** What axe finds on the page as it is, of serious or critical impact. */
async function check(page, where) {
  await page.evaluate(finishAnimations);
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run(document));
  for (const { id, impact, help, nodes } of found.violations) {
    if (impact !== "serious" && impact !== "critical") continue;
    findings.push(`${where}: ${id} (${impact}): ${help}: ${nodes[0].html}`);
  }
  await page.screenshot({ path: join(folder, `${where.replaceAll(" ", "-")}.png`) });
}

/** Words that are wider than the screen make a phone scroll sideways. */
async function checkWidth(page, where) {
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (over > 0) findings.push(`${where}: the page is ${over} pixels wider than the screen`);
}

/** One person's pane: types, presses, fills in and reads. */
class Pane {
  constructor(page, name) {
    this.page = page;
    this.root = page.getByRole("region", { name: new RegExp(`^${name},`) });
  }

  async types(words) {
    await this.root.getByRole("textbox").fill(words);
    await this.root.getByRole("textbox").press("Enter");
  }

  async presses(label) {
    const log = this.root.locator(".log");
    await log.getByRole("button", { name: label, exact: true }).last().click();
  }

  async fills(fields, submit) {
    const form = this.page.locator("#form-dialog form");
    await form.waitFor();
    for (const [name, value] of Object.entries(fields)) {
      const field = form.locator(`[data-field="${name}"]`);
      if (value === true) await field.locator("input[type=checkbox]").first().check();
      else await field.locator("input, textarea").first().fill(value);
    }
    await form.getByRole("button", { name: submit, exact: true }).last().click();
    await form.waitFor({ state: "detached" });
  }

  async reads(words) {
    await this.root.locator(".log").getByText(words).last().waitFor();
  }
}

async function landing(page) {
  await page.goto(url);
  await page.getByRole("button", { name: "Start with 2 people side by side" }).waitFor();
  await check(page, "landing desktop");
}

async function story(page) {
  await landing(page);
  await page.goto(`${url}/#a=willow%2Fana-ward&b=mill-lane%2Fbo-lin`);
  const ana = new Pane(page, "Ana Ward");
  const bo = new Pane(page, "Bo Lin");
  await bo.reads("Welcome to Hourbridge");
  await bo.presses("Join");
  await bo.fills({ can_help: "run charts", agree: true }, "Join");
  await bo.reads("You have joined Hourbridge, Bo Lin.");
  await bo.types("quiet any time"); // whatever the hour of this run is
  await bo.reads("Your settings are saved.");
  await ana.types("ask help with run charts, 1 hour, online");
  await ana.reads("I have kept what you typed");
  await ana.presses("Join");
  await page.locator("#form-dialog form").waitFor();
  await check(page, "form dialog desktop");
  await ana.fills({ agree: true }, "Join");
  await ana.reads("Check your ask");
  await ana.presses("Post it");
  await ana.reads("1 person who may be interested is being told");

  await bo.reads("Could you help with this?");
  await bo.presses("I can help");
  await bo.fills({ minutes: "90 mins", when: "Tuesday", message: "Gladly & soon" }, "Send");
  await bo.reads("Sent. Ana Ward can accept");
  await ana.reads("Gladly & soon");
  await ana.presses("Accept");
  await ana.fills({}, "Accept");
  await ana.reads("You have both agreed.");
  await bo.reads("Ana Ward has accepted.");
  await check(page, "panes desktop");

  await ana.presses("Send a message");
  await ana.fills({ words: "In the library at 2?" }, "Send");
  const relayed = bo.root.locator(".message").filter({ hasText: "In the library at 2?" });
  await relayed.getByRole("button", { name: "Reply", exact: true }).last().click();
  await bo.types("Yes, see you there");
  await bo.reads("Send this to Ana Ward?");
  await bo.presses("Send");
  await ana.reads("Yes, see you there");

  const accepted = bo.root.locator(".message").filter({ hasText: "Ana Ward has accepted." });
  await accepted.getByRole("button", { name: "It is done", exact: true }).last().click();
  await bo.fills({ minutes: "2 hours" }, "Send");
  await ana.reads("Bo Lin says that this is done.");
  await ana.presses("It took another time");
  await ana.fills({ minutes: "1h30" }, "Send");
  await bo.reads("Ana Ward says that it took another time.");
  await bo.presses("Confirm");
  await bo.reads(/^Confirmed\./);
  await ana.reads("Your balance is now 30 minutes.");
  await ana.presses("Say thank you");
  await ana.fills({ words: "You were a real help" }, "Send");
  await bo.reads("You were a real help");

  await bo.types("give 30 mins to Ana Ward");
  await bo.presses("Yes, give it");
  await bo.reads("You gave 30 minutes to Ana Ward.");
  await ana.reads("You were given hours");
  await ana.types("statement");
  await ana.reads("Newest first");
  await bo.types("balance");
  await bo.reads("3 hours");
  await check(page, "story desktop");
  return {};
}

async function onAPhone(page) {
  await page.goto(url);
  await page.getByRole("button", { name: "Start with 2 people side by side" }).waitFor();
  await check(page, "landing phone");
  await checkWidth(page, "landing phone");
  await page.goto(`${url}/#a=willow%2Fana-ward&b=mill-lane%2Fbo-lin`);
  const ana = new Pane(page, "Ana Ward");
  await ana.reads("You were given hours");
  await check(page, "panes phone");
  await checkWidth(page, "panes phone");
  await ana.types("/offer");
  await page.locator("#form-dialog form").waitFor();
  await check(page, "form dialog phone");
  await checkWidth(page, "form dialog phone");
  return {};
}

const wide = await drive(executablePath, folder, { viewport: { width: 1280, height: 900 } }, story);
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const narrow = await drive(executablePath, folder, phone, onAPhone);
report({ findings, problems: [...wide.problems, ...narrow.problems] });
