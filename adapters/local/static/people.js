// Choosing who you are: a few to start with, then people by organisation, found by typing.

import { copy } from "./messages.js";

const element = (tag, className, text = "") => {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
};

const fold = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Fill an avatar with a person's initials in the colour of their organisation. */
export function dress(avatar, person) {
  avatar.className = `avatar tint-${person.tint}`;
  avatar.textContent = person.initials;
  return avatar;
}

/**
 * The people to start with, and everyone. Somebody who is listed twice is one to start with: the
 * first entry says what awaits them, the last one who they are.
 */
export function sorted(people) {
  const last = new Map(people.map((person) => [person.key, person]));
  const everyone = people.filter((person) => last.get(person.key) === person);
  return { starts: people.filter((person) => last.get(person.key) !== person), everyone };
}

function card(person, choose, place) {
  const button = element("button", "person");
  button.type = "button";
  button.dataset.key = person.key;
  const avatar = dress(element("span", ""), person);
  avatar.setAttribute("aria-hidden", "true");
  const words = element("span", "words");
  words.append(element("bdi", "person-name", person.name));
  if (place) words.append(element("span", "person-note", place));
  if (person.note) words.append(element("span", "person-note", person.note));
  button.append(avatar, words, element("span", "count"));
  button.addEventListener("click", () => choose(person.key));
  return button;
}

function group([name, people], choose, starts = false) {
  const section = element("section", `organisation-group${starts ? " starts" : ""}`);
  const title = element("h3", "", name);
  title.id = `organisation-${crypto.randomUUID()}`;
  section.setAttribute("aria-labelledby", title.id);
  const list = element("ul", "people");
  for (const person of people) {
    const row = element("li", "");
    row.append(card(person, choose, starts ? person.organisation : ""));
    row.dataset.words = fold(`${person.name} ${person.organisation} ${person.note}`);
    list.append(row);
  }
  section.append(title, list);
  return section;
}

function filter(chooser) {
  const words = fold(chooser.querySelector("input").value).split(/\s+/).filter(Boolean);
  let found = 0;
  for (const section of chooser.querySelectorAll(".organisation-group")) {
    let here = 0;
    for (const row of section.querySelectorAll("li")) {
      row.hidden = !words.every((word) => row.dataset.words.includes(word));
      here += row.hidden ? 0 : 1;
    }
    // Who to start with stands among the others too.
    const again = section.classList.contains("starts");
    section.hidden = !here || (again && words.length > 0);
    found += again ? 0 : here;
  }
  const people = found === 1 ? "1 person" : `${found} people`;
  chooser.querySelector(".found").textContent = !words.length
    ? ""
    : found
      ? `${people} found.`
      : "Nobody found. Check the spelling, or clear the box to see everyone.";
}

/**
 * The chooser. `choose(key)` is told who. With `startPair` it is the first page, with its welcome;
 * with `back` there is somewhere to go back to.
 */
export function chooser(people, { choose, startPair, back }) {
  const pane = copy("chooser");
  pane.setAttribute("aria-label", "Choose who you are");
  pane.querySelector(".hello").hidden = !startPair;
  const title = pane.querySelector(".choose-title");
  title.textContent = startPair ? "Choose who you are" : "Choose a person";
  const pair = pane.querySelector(".pair");
  pair.hidden = !startPair || !twoOf(people);
  pair.addEventListener("click", () => startPair(twoOf(people)));
  const goBack = pane.querySelector(".back");
  goBack.hidden = !back;
  if (back) goBack.addEventListener("click", back);
  const { starts, everyone } = sorted(people);
  const groups = new Map();
  for (const person of everyone) {
    groups.set(person.organisation, [...(groups.get(person.organisation) ?? []), person]);
  }
  const list = pane.querySelector(".organisations");
  if (starts.length) list.append(group(["Start here", starts], choose, true));
  for (const entry of groups) list.append(group(entry, choose));
  if (!people.length) list.append(element("p", "", "There is nobody here yet."));
  const input = pane.querySelector("input");
  input.addEventListener("input", () => filter(pane));
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !input.value.trim()) return;
    event.preventDefault(); // else the same key press would also reach the chat that opens
    pane.querySelector(".organisation-group:not([hidden]) li:not([hidden]) button")?.click();
  });
  return pane;
}

/** The first 2 people of different organisations, or null. */
export function twoOf(people) {
  const other = people.find((person) => person.organisation !== people[0].organisation);
  return other ? [people[0].key, other.key] : null;
}

/** Show on a chooser how many new messages wait for each person. */
export function showWaiting(pane, waiting) {
  for (const button of pane.querySelectorAll("button.person")) {
    const count = waiting[button.dataset.key] ?? 0;
    button.querySelector(".count").textContent = count ? `${count} new` : "";
  }
}
