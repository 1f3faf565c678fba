// The two dialogs: a form to fill in, and "are you sure".

import { setFragment } from "./messages.js";

const sheet = document.getElementById("form-dialog");
const sure = document.getElementById("confirm-dialog");

sheet.addEventListener("close", () => sheet.replaceChildren());

/** Ask before a button's intent is sent. True when the person says yes. */
export function confirmed(button) {
  const { question, yes, no } = button.dataset;
  if (!question) return Promise.resolve(true);
  const [agree, refuse] = sure.querySelectorAll("button");
  sure.querySelector("h2").textContent = question;
  agree.textContent = yes;
  agree.className = button.classList.contains("danger") ? "button danger" : "button primary";
  refuse.textContent = no;
  sure.lang = button.closest("[lang]")?.lang ?? "en";
  sure.returnValue = "no";
  sure.showModal();
  return new Promise((done) => {
    sure.addEventListener("close", () => done(sure.returnValue === "yes"), { once: true });
  });
}

/** What stands in the form, by field name: text, or the values ticked. */
function values(form) {
  const given = {};
  for (const field of form.querySelectorAll("[data-field]")) {
    const controls = [...field.querySelectorAll("input, textarea, select")];
    const ticked = controls.filter((control) => control.checked).map((control) => control.value);
    const kinds = { many: () => ticked, one: () => ticked[0] ?? "", text: () => controls[0].value };
    given[field.dataset.field] = kinds[field.dataset.values]();
  }
  return given;
}

function clear(form) {
  for (const error of form.querySelectorAll(".error")) error.replaceChildren();
  for (const wrong of form.querySelectorAll("[aria-invalid]")) wrong.removeAttribute("aria-invalid");
}

/** Show `reason` beside the field it belongs to, or at the top, and go there. */
function refuse(form, { reason, field, language }) {
  const fields = [...form.querySelectorAll("[data-field]")];
  const place = fields.find((one) => one.dataset.field === field);
  const error = (place ?? form).querySelector(".error");
  error.lang = language;
  error.textContent = reason;
  const controls = place?.querySelectorAll("input, textarea, select") ?? [];
  for (const control of controls) control.setAttribute("aria-invalid", "true");
  (controls[0] ?? error).focus();
  (place ?? error).scrollIntoView({ block: "nearest" });
}

/** The first text that is longer than its field takes, as a refusal; or undefined. */
function tooLong(form) {
  for (const control of form.querySelectorAll("[data-longest]")) {
    const over = [...control.value].length - Number(control.dataset.longest);
    if (over <= 0) continue;
    const characters = over === 1 ? "1 character" : `${over.toLocaleString("en-GB")} characters`;
    const reason = `This is ${characters} too long. Shorten it, then send it again.`;
    return { reason, field: control.name, language: "en" };
  }
  return undefined;
}

/**
 * Show the form in `html`. `send(wire, fields)` submits it and answers with a refusal, or with
 * nothing when it was taken. What was typed stays until then.
 */
export function openForm(html, send) {
  setFragment(sheet, html);
  const form = sheet.querySelector("form");
  const submit = form.querySelector('[type="submit"]');
  sheet.setAttribute("aria-labelledby", form.getAttribute("aria-labelledby"));
  form.querySelector("[data-close]").addEventListener("click", () => sheet.close());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (submit.getAttribute("aria-disabled")) return;
    clear(form);
    const long = tooLong(form);
    if (long) return refuse(form, long);
    submit.setAttribute("aria-disabled", "true");
    const refused = await send(JSON.parse(form.dataset.wire), values(form));
    submit.removeAttribute("aria-disabled");
    if (refused) refuse(form, refused);
    else if (form.isConnected) sheet.close();
  });
  if (!sheet.open) sheet.showModal();
  sheet.scrollTop = 0;
  const first = form.querySelector("input, textarea, select");
  (form.querySelector(".before") || !first ? form.querySelector("h2") : first).focus();
}

/** Do `act` when the form that is now open has closed. */
export const onFormClosed = (act) => sheet.addEventListener("close", act, { once: true });
