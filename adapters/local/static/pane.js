// One chat: a person's messages, and what they type and press.

import { confirmed, onFormClosed, openForm } from "./dialogs.js";
import { copy, draw, flash } from "./messages.js";
import { dress } from "./people.js";
import { newId, post } from "./server.js";

const STARTS = ["offer", "ask", "find", "events", "digest", "balance", "home", "help"];
const CHANNEL_STARTS = ["here", "here stop", "help"];
const NEAR = 120; // pixels from the end of the log that count as reading the newest

/** The key of the channel as this person sees it. */
export const channelOf = (key) => `${key}/general`;

export class Chat {
  /**
   * `person` as the server lists them, in their own chat or in the `channel` of their organisation;
   * `wantsHome` when they were chosen just now.
   */
  constructor(person, wantsHome, channel = false) {
    this.person = person;
    this.channel = channel;
    this.seat = channel ? channelOf(person.key) : person.key;
    this.version = 0; // everything up to here has come by the stream
    this.seen = 0;
    this.messages = new Map();
    this.wantsHome = wantsHome;
    this.ready = false;
    this.replyTo = "";
    this.lastWords = "";
    this.pending = null;
    this.element = copy("chat");
    this.log = this.part(".log");
    this.box = this.part("textarea");
    this.dress();
    this.listen();
  }

  part(selector) {
    return this.element.querySelector(selector);
  }

  dress() {
    const { name, organisation, note } = this.person;
    this.element.setAttribute("aria-label", `${name}, ${organisation}`);
    dress(this.part(".avatar"), this.person);
    this.part(".name").textContent = name;
    this.part(".organisation").textContent = note ? `${organisation} · ${note}` : organisation;
    this.log.setAttribute(
      "aria-label",
      this.channel ? `Channel #general, as ${name} sees it` : `Chat of ${name} with Hourbridge`,
    );
    const here = this.part(this.channel ? ".to-channel" : ".to-chat");
    here.setAttribute("aria-current", "true");
    this.element.classList.toggle("in-channel", this.channel);
    if (this.channel) this.box.placeholder = "here";
    for (const word of this.channel ? CHANNEL_STARTS : STARTS) {
      const chip = document.createElement("button");
      chip.type = "button";
      chip.className = "chip";
      chip.textContent = word;
      chip.addEventListener("click", () => this.press(chip, { words: word, replyTo: "" }));
      this.part(".chips").append(chip);
    }
  }

  listen() {
    this.part(".composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.say();
    });
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.part(".replying button").addEventListener("click", () => this.reply(null));
    this.part(".newer").addEventListener("click", () => this.toEnd());
    this.log.addEventListener("scroll", () => {
      if (this.nearEnd()) this.part(".newer").hidden = true;
    });
    this.log.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button?.dataset.wire) this.pressed(button);
      else if (button?.classList.contains("reply")) this.reply(button.closest(".message"));
    });
  }

  key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.say();
    } else if (event.key === "ArrowUp" && !this.box.value && this.lastWords) {
      event.preventDefault();
      this.box.value = this.lastWords;
    } else if (event.key === "Escape" && this.replyTo) this.reply(null);
  }

  // What comes in

  /** A message from the stream. What answers an act may overtake it, so only this one counts. */
  hear(message) {
    this.seen = Math.max(this.seen, message.version);
    if (this.ready) this.version = this.seen;
    this.receive(message);
  }

  /** A message of this chat, new or changed. Older versions than the one shown are ignored. */
  receive(message) {
    const known = this.messages.get(message.id);
    if (known && known.version >= message.version) return;
    if (known) this.redraw(known, message);
    else this.append(message);
  }

  redraw(known, message) {
    const { element } = known;
    const focused = element.contains(document.activeElement);
    draw(message, this.person.name, element);
    known.version = message.version;
    known.summary = message.summary;
    if (focused) element.focus({ preventScroll: true });
    if (this.ready) flash(element);
  }

  append(message) {
    const stay = this.ready && message.kind !== "own" && !this.nearEnd();
    this.part(".quiet-channel").hidden = true;
    const element = draw(message, this.person.name);
    this.messages.set(message.id, { element, version: message.version, summary: message.summary });
    element.dataset.id = message.id;
    this.part(".typing").before(element);
    if (this.ready) element.classList.add("arrived");
    if (stay) this.part(".newer").hidden = false;
    else this.show(element);
  }

  /** All that stood in the chat has come. */
  arrived() {
    if (this.ready) return;
    this.ready = true;
    this.version = this.seen;
    this.log.setAttribute("aria-busy", "false");
    this.toEnd();
    this.part(".quiet-channel").hidden = !this.channel || this.messages.size > 0;
    if (!this.channel && (this.wantsHome || !this.messages.size)) this.home();
  }

  async home() {
    const outcome = await this.ask("/local/open", { person: this.seat });
    outcome?.messages.forEach((message) => this.receive(message));
  }

  nearEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR;
  }

  /** The end of a short message, the start of a long one. */
  show(element) {
    const long = element.offsetHeight > this.log.clientHeight - 24;
    element.scrollIntoView({ block: long ? "start" : "end" });
    if (!long) this.log.scrollTop = this.log.scrollHeight;
  }

  toEnd() {
    this.part(".newer").hidden = true;
    const last = [...this.messages.values()].at(-1);
    if (last) this.show(last.element);
  }

  // What goes out

  async say() {
    const words = this.box.value;
    if (!words.trim()) return;
    const same = this.pending?.words === words && this.pending?.replyTo === this.replyTo;
    if (same && this.pending.busy) return;
    const delivery = same ? this.pending.delivery : newId();
    const sent = { words, replyTo: this.replyTo, delivery, busy: true };
    this.pending = sent;
    this.box.value = "";
    this.lastWords = words;
    const reply = this.replyTo;
    this.reply(null, false);
    const outcome = await this.act({ words, replyTo: reply }, delivery);
    sent.busy = false;
    if (outcome) {
      if (this.pending === sent) this.pending = null;
      return this.take(outcome, this.box);
    }
    if (!this.box.value) this.box.value = words;
    if (reply) this.reply(this.messages.get(reply)?.element);
    return undefined;
  }

  async pressed(button) {
    if (button.getAttribute("aria-disabled") || !(await confirmed(button))) return;
    const card = button.closest(".message").dataset.id;
    await this.press(button, { wire: JSON.parse(button.dataset.wire), card });
  }

  async press(button, what) {
    if (button.getAttribute("aria-disabled")) return;
    button.setAttribute("aria-disabled", "true");
    // A second try after a failure is the same send.
    const delivery = (button.dataset.delivery ??= newId());
    const outcome = await this.act(what, delivery);
    button.removeAttribute("aria-disabled");
    if (!outcome) return;
    delete button.dataset.delivery;
    this.take(outcome, button, what.card);
  }

  take(outcome, from, card = "") {
    outcome.messages.forEach((message) => this.receive(message));
    if (outcome.form) this.form(outcome.form, from, card);
  }

  form(html, from, card) {
    let retry = null;
    openForm(html, async (wire, fields) => {
      const what = { wire, fields, card };
      const same = JSON.stringify(what);
      if (retry?.same !== same) retry = { same, delivery: newId() };
      const outcome = await this.act(what, retry.delivery);
      if (!outcome) return { reason: this.part(".problem").textContent, field: "", language: "en" };
      retry = null;
      if (outcome.refused) return outcome.refused;
      this.take(outcome, from, card);
      return null;
    });
    onFormClosed(() => {
      const back = from.isConnected ? from : (this.messages.get(card)?.element ?? this.box);
      // The closing dialog gives the focus back without the caret: keys would then write nothing.
      back.blur();
      back.focus({ preventScroll: true });
    });
  }

  async act(what, delivery) {
    const typing = this.part(".typing");
    const slow = setTimeout(() => {
      typing.hidden = false;
      if (this.nearEnd()) this.log.scrollTop = this.log.scrollHeight;
    }, 350);
    const outcome = await this.ask("/local/act", { person: this.seat, delivery, ...what });
    clearTimeout(slow);
    typing.hidden = true;
    return outcome;
  }

  /** POST, and say on the page what went wrong; null then. */
  async ask(path, body) {
    try {
      const outcome = await post(path, body);
      this.part(".problem").textContent = "";
      return outcome;
    } catch (problem) {
      this.part(".problem").textContent = problem.message;
      return null;
    }
  }

  /** Reply to a message, or with null to none. */
  reply(element, focus = true) {
    this.replyTo = element?.dataset.id ?? "";
    const bar = this.part(".replying");
    bar.hidden = !this.replyTo;
    bar.querySelector("q").textContent = this.messages.get(this.replyTo)?.summary ?? "";
    if (focus) this.box.focus();
  }
}
