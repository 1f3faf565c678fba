// Ana in Microsoft's Agents Playground: joins, offers, accepts what Bo proposes, and confirms.
// node playground.mjs URL CHROMIUM FOLDER: pictures go to FOLDER.
//
// The Playground draws no dialogs (task/fetch), so forms are asked for by typing, as cards.

import { join } from "node:path";
import { drive, report } from "./drive.mjs";

const [url, executablePath, folder] = process.argv.slice(2);

async function story(page) {
  const says = (words) => page.getByText(words).last().waitFor();
  const presses = (label) => page.getByRole("button", { name: label, exact: true }).last().click();
  const types = async (words) => {
    await page.getByRole("textbox").last().click();
    await page.keyboard.type(words);
    await page.getByRole("button", { name: "Send Message" }).click();
  };
  const pictures = async (name) => page.screenshot({ path: join(folder, `playground-${name}.png`) });

  await page.goto(url);
  await says("Welcome to Hourbridge");
  await types("offer 1 hour run charts, online");
  await says("I have kept what you typed");
  await types("join");
  await says("The name others will see");
  const name = await page.getByRole("textbox", { name: /The name others will see/ }).inputValue();
  await page.getByRole("checkbox", { name: /I will not share patient details/ }).check();
  await pictures("join");
  await presses("Join");
  await says("You have joined Hourbridge, Ana Ward.");
  await says("Check your offer");
  await presses("Post it");
  await says("Posted. Everyone can find it now.");
  await pictures("offer");

  await says("Bo Lin would like your help.");
  await types("accept");
  await says("Whose time is it for you?");
  await presses("Accept");
  await says("Agreed. Bo Lin has been told.");
  await pictures("accept");

  await says("Bo Lin says that this is done.");
  await presses("Confirm");
  await says("You gave 1 hour.");
  await types("balance");
  await says("3 hours");
  await pictures("confirm");
  return { name };
}

report(await drive(executablePath, folder, { viewport: { width: 1400, height: 1000 } }, story));
