// One message: from the server's JSON to an element. Only fragments the server escaped become HTML.

const policy = window.trustedTypes?.createPolicy("hourbridge", { createHTML: (html) => html }) ?? {
  createHTML: (html) => html,
};

/** Put a fragment that the server escaped into `element`. */
export function setFragment(element, html) {
  element.innerHTML = policy.createHTML(html);
}

/** A fresh copy of a template of the page. */
export const copy = (name) =>
  document.getElementById(name).content.firstElementChild.cloneNode(true);

const days = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });

/** "2.05pm", with the date where it is not today. */
export function clock(iso) {
  const at = new Date(iso);
  const minutes = at.getMinutes() ? `.${String(at.getMinutes()).padStart(2, "0")}` : "";
  let time = `${at.getHours() % 12 || 12}${minutes}${at.getHours() < 12 ? "am" : "pm"}`;
  if (!minutes && at.getHours() % 12 === 0) time = at.getHours() ? "midday" : "midnight";
  return at.toDateString() === new Date().toDateString() ? time : `${time}, ${days.format(at)}`;
}

/** Draw `message` into a new element, or over `element` where it stands already. */
export function draw(message, name, element = copy("message")) {
  const own = message.kind === "own";
  const author = own ? name : message.author || "Hourbridge";
  element.className = `message ${own ? "own" : "bot"} ${message.kind}`;
  element.setAttribute("aria-label", `${own ? "You" : author}, ${clock(message.at)}`);
  setFragment(element.querySelector(".body"), message.html);
  element.querySelector(".author").textContent = own ? "You" : author;
  const about = element.querySelector(".about");
  about.hidden = !message.reply;
  about.querySelector("q").textContent = message.reply;
  const time = element.querySelector("time");
  time.dateTime = message.at;
  time.textContent = clock(message.at);
  const edited = message.kind === "notice" && message.edited;
  element.querySelector(".updated").textContent = edited ? `Updated ${clock(message.edited)}` : "";
  element.querySelector(".alone").hidden = !message.alone;
  element.querySelector(".reply").hidden = message.kind !== "notice";
  for (const picture of element.querySelectorAll("img.picture")) {
    picture.addEventListener("error", () => picture.replaceWith(picture.alt), { once: true });
  }
  return element;
}

/** Show for a moment that `element` has changed. */
export function flash(element) {
  element.classList.remove("changed");
  void element.offsetWidth; // begins the animation again
  element.classList.add("changed");
  setTimeout(() => element.classList.remove("changed"), 4000);
}
