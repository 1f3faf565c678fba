// Ana in Microsoft's Agents Playground. Cai and Bo, whom the test plays in Slack and in another
// tenant, act while she waits.
// node playground.mjs URL CHROMIUM FOLDER: pictures go to HOURBRIDGE_PICTURES, or to FOLDER.
//
// The Playground draws no dialogs for a card's buttons (task/fetch), so forms are asked for by
// typing, as cards. It does draw those of the message extension.

import { mkdirSync } from "node:fs";
import { drive, report } from "./drive.mjs";
import { Client } from "./playground_client.mjs";

const [url, executablePath, given] = process.argv.slice(2);
const folder = process.env.HOURBRIDGE_PICTURES || given;
const HELP = /What can you help with\?/;
const TIME = /How long will it take\?/;
const STEPS = /Time is counted in steps of 15 minutes/;
const BALANCE = /^3 hours$/;
const ELSEWHERE = "I have answered you in our private chat.";

/** What was typed before joining is kept, and carried on with. */
async function joins(ana) {
  await ana.says("Welcome to Hourbridge");
  await ana.picture("welcome");
  await ana.types("offer 1 hour run charts, online");
  await ana.says("I have kept what you typed");
  await ana.types("join");
  await ana.says("The name others will see");
  const name = await ana.field(/The name others will see/).inputValue();
  await ana.page.getByRole("checkbox", { name: /I will not share patient details/ }).check();
  await ana.picture("join");
  await ana.presses("Join");
  await ana.says("You have joined Hourbridge, Ana Ward.");
  await ana.says("Check your offer");
  await ana.picture("joined");
  await ana.presses("Post it");
  await ana.says("Posted. Everyone can find it now.");
  await ana.says("This is where Hourbridge will write to you.");
  await ana.picture("posted");
  return name;
}

/** A form that is refused once: the reason stands at its field, and what was typed is kept. */
async function fillsTwice(ana, title, picture) {
  await ana.fills([HELP, title], [TIME, "7 minutes"]);
  await ana.presses("Look at it first");
  await ana.says(STEPS);
  await ana.picture(`${picture}-refused`);
  const kept = [await ana.field(HELP).inputValue(), await ana.field(TIME).inputValue()];
  await ana.fills([TIME, "90 mins"]);
  await ana.presses("Look at it first");
  await ana.says("Check your offer");
  await ana.picture(`${picture}-checked`);
  await ana.presses("Post it");
  await ana.says(`Offer: ${title}`);
  return kept;
}

/** What Cai offers in Slack is found here. */
async function finds(ana) {
  await ana.types("find spreadsheets");
  await ana.says("1 found for spreadsheets");
  await ana.says("Cai Rees, Northgate Hospital Trust");
  await ana.picture("found");
}

/** Cai, in Slack, would like her help, asks something, and changes his mind. */
async function hearsFromSlack(ana) {
  await ana.says("Cai Rees would like your help.");
  await ana.picture("notice", "Cai Rees would like your help.");
  await ana.says("Which day suits you?");
  const reference = /E-\w+/.exec(await ana.text(/About Run charts, E-/).last().innerText());
  const waiting = await ana.count("Cai Rees would like your help.");
  await ana.types(`message ${reference[0]} Tuesday`);
  await ana.says("Your message is on its way to Cai Rees.");
  await ana.picture("message");
  await ana.says("Cai Rees has taken the proposal back.");
  await ana.text("Cai Rees would like your help.").waitFor({ state: "detached" });
  await ana.picture("withdrawn", "Cai Rees withdrew this.");
  return waiting;
}

/** Bo, of another tenant, would like it too: agreed, done and confirmed. */
async function helpsBo(ana) {
  await ana.says("Bo Lin would like your help.");
  await ana.types("accept");
  await ana.says("Whose time is it for you?");
  await ana.presses("Accept");
  await ana.says("Agreed. Bo Lin has been told.");
  await ana.picture("agreed");
  await ana.says("Bo Lin says that this is done.");
  await ana.picture("done");
  await ana.presses("Confirm");
  await ana.says("You gave 1 hour.");
  await ana.picture("confirmed");
  await ana.types("hours");
  await ana.says(BALANCE);
  await ana.picture("hours");
}

/** What is asked where others read is answered in private; they read one sentence. */
async function asksAmongOthers(ana, chat, button) {
  await ana.opens(chat);
  await ana.mentions("hours", button);
  await ana.says(ELSEWHERE);
  await ana.picture(`in-${chat.toLowerCase().replace(" ", "-")}`);
  return [await ana.count(ELSEWHERE), await ana.count(BALANCE)];
}

/** The message extension: an offer from where people write, and a post for the others to see. */
async function shares(ana) {
  await ana.opens("Group chat");
  await ana.extension("Action Command");
  await ana.action("offer");
  await ana.says("Look at it first");
  await ana.picture("dialog");
  const kept = await fillsTwice(ana, "Minutes of meetings", "dialog");
  await ana.picture("dialog-posted");
  await ana.presses("Close");
  await ana.extension("Search Command");
  await ana.searches("find", "words", "spreadsheets", "Offer: Spreadsheets");
  await ana.presses("Send Message");
  const before = await ana.count(ELSEWHERE);
  await ana.presses("See it");
  await ana.text(ELSEWHERE).nth(before).waitFor();
  await ana.picture("shared-card", ELSEWHERE);
  return kept;
}

/** Removed and added again: greeted once, as the member that she is. */
async function removesAndAdds(ana) {
  await ana.opens("Personal Chat");
  await ana.reports("Uninstall application");
  await ana.reports("Install application");
  await ana.says("Your offers and asks");
  await ana.picture("added-again");
  return ana.count("Your offers and asks");
}

async function story(page) {
  mkdirSync(folder, { recursive: true });
  const ana = new Client(page, folder);
  await page.goto(url);
  await ana.closesTheLog();
  const told = { name: await joins(ana) };
  await ana.types("offer");
  await ana.says("Look at it first");
  told.kept = await fillsTwice(ana, "Easy read leaflets", "form");
  await finds(ana);
  told.waiting = await hearsFromSlack(ana);
  await helpsBo(ana);
  told.group = await asksAmongOthers(ana, "Group chat", "Send Message");
  told.channel = await asksAmongOthers(ana, "Announcements", "Post");
  told.keptInDialog = await shares(ana);
  await ana.opens("Personal Chat");
  await ana.picture("personal-again");
  told.answers = await ana.count(BALANCE);
  told.greetings = await removesAndAdds(ana);
  return told;
}

report(await drive(executablePath, folder, { viewport: { width: 1400, height: 1000 } }, story));
