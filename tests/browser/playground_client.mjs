// What a person does in Microsoft's Agents Playground: its chats, its composer, its menus.
// Everything waits for words on the screen.

import { join } from "node:path";

export class Client {
  /** `folder` is where pictures go. */
  constructor(page, folder) {
    this.page = page;
    this.folder = folder;
    this.pictures = 0;
  }

  /** Where `words` stand, the list of chats left out: it repeats the newest message of each. */
  text(words) {
    return this.page.getByText(words).and(this.page.locator(":not([role=treeitem] *)"));
  }

  /** Wait until `words` can be read. */
  says(words) {
    return this.text(words).last().waitFor();
  }

  /** How often `words` stand on the screen. */
  count(words) {
    return this.text(words).count();
  }

  /** The newest input of that label. */
  field(label) {
    return this.page.getByRole("textbox", { name: label }).last();
  }

  /** Fill in newest inputs: again, where the Playground has drawn their card anew meanwhile. */
  async fills(...given) {
    let there = [];
    while (given.some(([, words], place) => there[place] !== words)) {
      for (const [label, words] of given) await this.field(label).fill(words);
      there = await Promise.all(given.map(([label]) => this.field(label).inputValue()));
    }
  }

  /** Press the newest button of that label. */
  presses(label) {
    return this.page.getByRole("button", { name: label, exact: true }).last().click();
  }

  /** Type `words` into the box of the chat that is open, and send them. */
  async types(words) {
    await this.box().click();
    await this.page.keyboard.type(words);
    await this.presses("Send Message");
  }

  /** Write "@Hourbridge `words`" where others read too; `button` sends it. */
  async mentions(words, button = "Send Message") {
    await this.box().click();
    await this.page.keyboard.type("@");
    // The list of people lies over the page, so it is last in it.
    await this.page.getByText("Hourbridge", { exact: true }).last().click();
    await this.page.keyboard.type(` ${words}`);
    await this.presses(button);
  }

  /** Open a chat or a channel of the list on the left. */
  async opens(name) {
    await this.page.getByText(name, { exact: true }).first().click();
    await this.box().waitFor();
  }

  /** The box where messages are written: it alone is no input of a card. */
  box() {
    return this.page.locator("[role=textbox][contenteditable=true]").last();
  }

  /** Choose a kind of command of the message extension, from the box where messages are written. */
  async extension(kind) {
    await this.presses("Trigger Message Extension App");
    await this.page.getByRole("menuitem", { name: kind }).click();
  }

  /** Fetch the dialog of an action command. */
  async action(command) {
    await this.page.getByPlaceholder("Input command id or leave blanks").fill(command);
    await this.presses("Create");
  }

  /** Search with a search command, and put what is listed as `title` into the message box. */
  async searches(command, parameter, words, title) {
    await this.presses("Specify Command ID or Parameter");
    await this.page.getByPlaceholder("Command ID").fill(command);
    await this.page.getByPlaceholder("Parameter name").fill(parameter);
    await this.page.getByPlaceholder("Enter a search term").fill(words);
    await this.page.getByPlaceholder("Enter a search term").press("Enter");
    await this.says(title);
    await this.picture("search");
    await this.page.getByText(title).last().click();
  }

  /** Close the panel on the right, which repeats what is written in every chat. */
  closesTheLog() {
    return this.page.getByText("Log Panel").locator("..").getByRole("button").last().click();
  }

  /** Let Teams report something by the menu of such activities. */
  async reports(label) {
    await this.presses("Mock an Activity");
    await this.page.getByText(label, { exact: true }).click();
    await this.presses("Send activity");
  }

  /** Keep a picture of the screen with `words` in view, numbered in the order of the story. */
  async picture(name, words) {
    if (words) await this.text(words).last().scrollIntoViewIfNeeded();
    const number = String(++this.pictures).padStart(2, "0");
    await this.page.screenshot({ path: join(this.folder, `playground-${number}-${name}.png`) });
  }
}
