// The page: who is in which pane, kept in the address, and the live stream for both.

import { Chat, channelOf } from "./pane.js";
import { chooser, showWaiting } from "./people.js";
import { follow, people as fetchPeople } from "./server.js";

const SIDES = ["a", "b"];
const main = document.querySelector("main");
const tabs = document.querySelector(".tabs");
const add = document.querySelector(".add");
const status = document.querySelector(".status");
const waitingBar = document.querySelector(".waiting");

let people = [];
let waiting = {};
let front = "a";
let adding = false;
let reconnect = () => {};
/** side -> { key, chat, element }: a chat, or the chooser where `chat` is null. */
const panes = new Map();
const switching = new Set();

const byKey = (key) => people.findLast((person) => person.key === key);
/** The person behind a key: of their own chat, or of their organisation's channel. */
const find = (key) => byKey(key) ?? byKey(key?.replace(/\/general$/, ""));
const isChannel = (key) => !byKey(key) && Boolean(find(key));

/** Who the address puts in the panes, as [first, second]; empty where nobody is. */
function chosen() {
  const given = new URLSearchParams(location.hash.slice(1));
  const keys = SIDES.map((side) => (find(given.get(side)) ? given.get(side) : ""));
  return keys[0] ? keys : [keys[1], ""];
}

function choose(side, key) {
  const keys = chosen();
  keys[SIDES.indexOf(side)] = key;
  switching.delete(side);
  adding = false;
  go(keys, side);
}

/** Put these people in the panes, and remember that they were chosen just now. */
function go(keys, side = "a") {
  const hash = new URLSearchParams();
  SIDES.forEach((name, place) => keys[place] && hash.set(name, keys[place]));
  front = side;
  const next = `#${hash}`;
  if (location.hash !== next) history.pushState(null, "", next === "#" ? "/" : next);
  render(true);
  const pane = panes.get(side);
  (pane?.chat ? pane.chat.part("textarea") : pane?.element.querySelector("h2"))?.focus();
}

function newChooser(side, first) {
  const leave = () => {
    switching.delete(side);
    adding = false;
    front = chosen()[SIDES.indexOf(side)] ? side : "a";
    render(false);
    panes.get(front)?.element.querySelector(".switch")?.focus();
  };
  const element = chooser(people, {
    choose: (key) => choose(side, key),
    startPair: first ? (keys) => go(keys, "a") : null,
    back: first ? null : leave,
  });
  showWaiting(element, waiting);
  return { key: "", chat: null, element, first };
}

function newChat(side, key, wantsHome) {
  const chat = new Chat(find(key), wantsHome, isChannel(key));
  const { person } = chat;
  chat.part(".to-chat").addEventListener("click", () => choose(side, person.key));
  chat.part(".to-channel").addEventListener("click", () => choose(side, channelOf(person.key)));
  chat.part(".switch").addEventListener("click", () => {
    switching.add(side);
    render(false);
    panes.get(side).element.querySelector("input").focus();
  });
  chat.part(".close").addEventListener("click", () => {
    const keys = chosen();
    keys[SIDES.indexOf(side)] = "";
    go([keys[0] || keys[1], ""]);
  });
  return { key, chat, element: chat.element };
}

/** Make the panes what the address says, keeping the chats that stay. */
function render(wantsHome) {
  const keys = chosen();
  const shown = SIDES.filter((side, place) => keys[place] || place === 0 || adding);
  const kept = new Map([...panes.values()].filter((p) => p.chat).map((p) => [p.side + p.key, p]));
  panes.clear();
  for (const side of shown) {
    const key = switching.has(side) ? "" : keys[SIDES.indexOf(side)];
    const first = !keys[0];
    const chat = () => kept.get(side + key) ?? newChat(side, key, wantsHome);
    const pane = key ? chat() : newChooser(side, first);
    panes.set(side, Object.assign(pane, { side }));
  }
  main.replaceChildren(...[...panes.values()].map((pane) => pane.element));
  for (const pane of panes.values()) pane.chat?.toEnd();
  furnish(keys);
  reconnect();
}

function furnish(keys) {
  const two = panes.size > 1;
  document.body.classList.toggle("two", two);
  document.body.classList.toggle("landing", !keys[0]);
  add.hidden = two || !keys[0];
  for (const pane of panes.values()) {
    const close = pane.chat?.part(".close");
    if (close) close.hidden = !two;
  }
  if (!panes.has(front)) front = "a";
  const names = keys.map(find).filter(Boolean).map((person) => person.name);
  document.title = [names.join(" and "), "Hourbridge"].filter(Boolean).join(" · ");
  drawTabs(two);
  drawWaiting();
}

function drawTabs(two) {
  tabs.hidden = !two;
  const buttons = [...panes].map(([side, pane]) => {
    const button = document.createElement("button");
    button.type = "button";
    const { person, channel } = pane.chat ?? {};
    const name = channel ? `${person.name} in #general` : person?.name;
    button.textContent = name ?? "Choose a person";
    button.setAttribute("aria-pressed", String(side === front));
    button.addEventListener("click", () => {
      front = side;
      drawTabs(true);
      tabs.querySelector('[aria-pressed="true"]').focus();
      pane.chat?.toEnd();
    });
    return button;
  });
  tabs.replaceChildren(...(two ? buttons : []));
  for (const [side, pane] of panes) pane.element.classList.toggle("behind", side !== front);
}

/** Tell whose chats, of those not shown, have something new; one press opens them. */
function drawWaiting() {
  const shown = chosen();
  const others = Object.keys(waiting).filter((key) => find(key) && !shown.includes(key));
  const chips = others.slice(0, 3).map((key) => {
    const chip = document.createElement("button");
    chip.type = "button";
    chip.className = "chip news";
    chip.textContent = `${find(key).name}: ${waiting[key]} new`;
    chip.addEventListener("click", () => choose(shown[0] ? "b" : "a", key));
    return chip;
  });
  if (others.length > 3) chips.push(`and ${others.length - 3} more people`);
  waitingBar.replaceChildren(...(shown[0] ? chips : []));
  for (const pane of panes.values()) if (!pane.chat) showWaiting(pane.element, waiting);
}

function heard(event, data) {
  const chats = [...panes.values()].filter((pane) => pane.chat);
  if (event === "message") {
    const here = chats.filter((pane) => pane.key === data.person);
    here.forEach((pane) => pane.chat.hear(data.message));
    if (here.length && !here.some((pane) => pane.side === front)) markTab(here[0].side, data);
  } else if (event === "ready") chats.forEach((pane) => pane.chat.arrived());
  else if (event === "waiting") {
    waiting = data;
    drawWaiting();
  }
}

/** A dot on the tab of a chat that is behind the other one. */
function markTab(side, { message }) {
  const chat = panes.get(side).chat;
  const tab = tabs.children[SIDES.indexOf(side)];
  if (!tab || !chat.ready || message.kind !== "notice" || tab.querySelector(".dot")) return;
  const dot = document.createElement("span");
  dot.className = "dot";
  dot.textContent = "new";
  tab.append(" ", dot);
}

function line(state) {
  document.body.dataset.line = state;
  if (state === "lost") {
    status.textContent = "We lost touch with Hourbridge. Check that it is still running. Trying again…";
  } else if (state === "restarted") {
    const reload = document.createElement("button");
    reload.type = "button";
    reload.className = "button plain";
    reload.textContent = "Reload the page";
    reload.addEventListener("click", () => location.reload());
    status.replaceChildren("Hourbridge has restarted. ", reload);
  } else status.textContent = "";
}

/** The chats to follow, each from the last version that every pane showing it has. */
function wanted() {
  const versions = new Map();
  for (const { key, chat } of panes.values()) {
    if (chat) versions.set(key, Math.min(chat.version, versions.get(key) ?? Infinity));
  }
  return [...versions];
}

async function start() {
  for (;;) {
    try {
      people = await fetchPeople();
      break;
    } catch (problem) {
      line(problem.status === 403 ? "restarted" : "lost");
      if (problem.status === 403) return;
      await new Promise((done) => setTimeout(done, 2000));
    }
  }
  line("live");
  render(false);
  reconnect = follow(wanted, heard, line);
  window.addEventListener("popstate", () => {
    switching.clear();
    adding = false;
    render(false);
  });
  add.addEventListener("click", () => {
    adding = true;
    front = "b";
    render(false);
    panes.get("b").element.querySelector("input").focus();
  });
  document.querySelector(".skip").addEventListener("click", () => {
    const pane = panes.get(front);
    (pane?.element.querySelector("textarea, input") ?? main).focus();
  });
  document.querySelector(".brand a").addEventListener("click", (event) => {
    event.preventDefault();
    switching.clear();
    adding = false;
    go(["", ""]);
  });
}

start();
