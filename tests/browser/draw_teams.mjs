// A card of Teams as a page, drawn by Microsoft's own renderer with a Markdown reader beside it.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";

const require = createRequire(import.meta.url);
const RENDERER = readFileSync(require.resolve("adaptivecards/dist/adaptivecards.min.js"), "utf8");
const STYLE = readFileSync(require.resolve("adaptivecards/dist/adaptivecards.css"), "utf8");
// Teams breaks a word that is wider than the card; the renderer by itself does so in a TextBlock only.
const FRAME = ({ page, card, text, line, button, accent, onAccent, danger }) => `
* { overflow-wrap: break-word; }
body { margin: 0; padding: 16px; background: ${page}; color: ${text}; font-family: "Liberation Sans", sans-serif; }
#card { max-width: 520px; padding: 4px; border: 1px solid ${line}; border-radius: 6px; background: ${card}; box-shadow: 0 1px 3px rgb(0 0 0 / 15%); }
#card.wide { max-width: 760px; }
#title { max-width: 520px; margin: 0 0 8px; font-size: 18px; }
.ac-pushButton { padding: 6px 14px; border: 1px solid ${line}; border-radius: 4px; background: ${button}; color: ${text}; font-size: 14px; font-weight: 600; white-space: normal; }
.ac-pushButton.style-positive { border-color: ${accent}; background: ${accent}; color: ${onAccent}; }
.ac-pushButton.style-destructive { border-color: ${danger}; background: ${danger}; color: ${onAccent}; }
.ac-input { box-sizing: border-box; max-width: 100%; padding: 6px 10px; border: 1px solid ${line}; border-radius: 4px; background: ${card}; color: ${text}; font: inherit; }
.ac-input.ac-textInput, .ac-input.ac-multichoiceInput, .ac-input.ac-dateInput { width: 100%; }
input[type="radio"].ac-input, input[type="checkbox"].ac-input { width: auto; }
`;
// The three looks of Teams, in the colours of its design kit.
const THEMES = {
  light: {
    page: "#f5f5f5", card: "#ffffff", text: "#242424", subtle: "#616161", line: "#c7c7c7",
    button: "#ffffff", accent: "#5b5fc7", onAccent: "#ffffff", danger: "#c4314b",
    tones: { emphasis: "#f0f0f0", accent: "#e8ebfa", good: "#e7f2da", warning: "#fbf6d9", attention: "#fcf4f6" },
    colours: { accent: "#4f52b2", good: "#0e700e", warning: "#8a5100", attention: "#b10e1c" },
  },
  dark: {
    page: "#1f1f1f", card: "#292929", text: "#ffffff", subtle: "#d6d6d6", line: "#666666",
    button: "#292929", accent: "#4f52b2", onAccent: "#ffffff", danger: "#b5324c",
    tones: { emphasis: "#333333", accent: "#2f2f4a", good: "#0c3b0c", warning: "#4a3c00", attention: "#471d24" },
    colours: { accent: "#aeb1f5", good: "#9ad29a", warning: "#f2c661", attention: "#f1bbbc" },
  },
  contrast: {
    page: "#000000", card: "#000000", text: "#ffffff", subtle: "#ffffff", line: "#ffffff",
    button: "#000000", accent: "#1aebff", onAccent: "#000000", danger: "#ffff01",
    tones: { emphasis: "#000000", accent: "#000000", good: "#000000", warning: "#000000", attention: "#000000" },
    colours: { accent: "#ffff01", good: "#ffff01", warning: "#ffff01", attention: "#ffff01" },
  },
};
const shades = (colour, subtle) => ({ default: colour, subtle });
const host = ({ card, text, subtle, line, tones, colours }) => ({
  fontFamily: "Liberation Sans, sans-serif",
  supportsInteractivity: true,
  spacing: { small: 6, default: 10, medium: 14, large: 20, extraLarge: 28, padding: 12 },
  separator: { lineThickness: 1, lineColor: line },
  actions: {
    maxActions: 6, spacing: "default", buttonSpacing: 8, actionsOrientation: "horizontal",
    actionAlignment: "left", showCard: { actionMode: "inline", inlineTopMargin: 8 },
  },
  containerStyles: Object.fromEntries(
    Object.entries({ default: card, ...tones }).map(([name, backgroundColor]) => [name, {
      backgroundColor,
      foregroundColors: {
        default: shades(text, subtle), dark: shades(text, subtle), light: shades(subtle, subtle),
        ...Object.fromEntries(Object.entries(colours).map(([one, colour]) => [one, shades(colour, colour)])),
      },
    }]),
  ),
});

/** What every TextBlock and label of the card would become as Markdown, by its words. */
function markdown(part, found = {}) {
  for (const [name, value] of Object.entries(part)) {
    if (typeof value === "string" && ["text", "title", "value", "label"].includes(name)) {
      found[value] = micromark(value, { extensions: [gfm()], htmlExtensions: [gfmHtml()] });
    } else if (value && typeof value === "object" && name !== "data") markdown(value, found);
  }
  return found;
}

const quoted = (value) => JSON.stringify(value).replaceAll("<", "\\u003c");

/** The page in one of the looks of Teams: it leaves what went wrong in `window.problems`. */
export function teamsPage(wire, theme = "light") {
  const look = THEMES[theme];
  const dialog = wire.task?.value;
  const card = dialog ? dialog.card.content : wire;
  return `<!doctype html><meta charset="utf-8"><style>${STYLE}${FRAME(look)}</style>
<h1 id="title"></h1><div id="card"></div><script>${RENDERER}</script><script>{
const card = ${quoted(card)}, host = ${quoted(host(look))}, html = ${quoted(markdown(card))};
document.getElementById("title").textContent = ${quoted(dialog ? dialog.title : "")};
document.getElementById("card").className = card.msteams?.width === "Full" ? "wide" : "";
${DRAW}}</script>`;
}

const DRAW = `
window.problems = [];
const { AdaptiveCard, HostConfig, SerializationContext, Versions } = AdaptiveCards;
AdaptiveCard.onProcessMarkdown = (words, result) => {
  if (!(words in html)) window.problems.push("words from nowhere: " + words);
  result.outputHtml = html[words] ?? words;
  result.didProcess = true;
};
const drawn = new AdaptiveCard();
drawn.hostConfig = new HostConfig(host);
const context = new SerializationContext(Versions.v1_5);
drawn.parse(card, context);
for (let at = 0; at < context.eventCount; at += 1) window.problems.push(context.getEventAt(at).message);
for (const { validationEvents } of drawn.validateProperties().validationEvents.length
  ? [drawn.validateProperties()] : []) {
  for (const event of validationEvents) window.problems.push(event.message);
}
document.getElementById("card").append(drawn.render());
const marks = document.querySelectorAll("#card :is(em, strong, a[href], code, del, h1, h2, h3, li, img:not(.ac-image))");
for (const mark of marks) window.problems.push("mark-up: <" + mark.localName + "> " + mark.textContent);
`;
