// A card of Teams as a page, drawn by Microsoft's own renderer with a Markdown reader beside it.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";

const require = createRequire(import.meta.url);
const RENDERER = readFileSync(require.resolve("adaptivecards/dist/adaptivecards.min.js"), "utf8");
const STYLE = readFileSync(require.resolve("adaptivecards/dist/adaptivecards.css"), "utf8");
// Teams breaks a word that is wider than the card; the renderer by itself does so in a TextBlock only.
const FRAME = `
* { overflow-wrap: break-word; }
body { margin: 0; padding: 16px; background: #f5f5f5; font-family: "Liberation Sans", sans-serif; }
#card { max-width: 520px; padding: 4px; border: 1px solid #ddd; border-radius: 6px; background: #fff; box-shadow: 0 1px 3px rgb(0 0 0 / 15%); }
#card.wide { max-width: 760px; }
#title { max-width: 520px; margin: 0 0 8px; font-size: 18px; }
.ac-pushButton { padding: 6px 14px; border: 1px solid #c7c7c7; border-radius: 4px; background: #fff; font-size: 14px; font-weight: 600; white-space: normal; }
.ac-pushButton.style-positive { border-color: #5b5fc7; background: #5b5fc7; color: #fff; }
.ac-pushButton.style-destructive { border-color: #c4314b; background: #c4314b; color: #fff; }
.ac-input { box-sizing: border-box; max-width: 100%; padding: 6px 10px; border: 1px solid #c7c7c7; border-radius: 4px; background: #fff; font: inherit; }
.ac-input.ac-textInput, .ac-input.ac-multichoiceInput, .ac-input.ac-dateInput { width: 100%; }
input[type="radio"].ac-input, input[type="checkbox"].ac-input { width: auto; }
`;
const HOST = {
  fontFamily: "Liberation Sans, sans-serif",
  supportsInteractivity: true,
  spacing: { small: 6, default: 10, medium: 14, large: 20, extraLarge: 28, padding: 12 },
  separator: { lineThickness: 1, lineColor: "#e0e0e0" },
  actions: {
    maxActions: 6, spacing: "default", buttonSpacing: 8, actionsOrientation: "horizontal",
    actionAlignment: "left", showCard: { actionMode: "inline", inlineTopMargin: 8 },
  },
  containerStyles: Object.fromEntries(
    Object.entries({
      default: "#ffffff", emphasis: "#f0f0f0", accent: "#e8ebfa", good: "#e7f2da",
      warning: "#fbf6d9", attention: "#fcf4f6",
    }).map(([name, backgroundColor]) => [name, { backgroundColor }]),
  ),
};

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

/** The page: it leaves what went wrong in `window.problems`. */
export function teamsPage(wire) {
  const dialog = wire.task?.value;
  const card = dialog ? dialog.card.content : wire;
  return `<!doctype html><meta charset="utf-8"><style>${STYLE}${FRAME}</style>
<h1 id="title"></h1><div id="card"></div><script>${RENDERER}</script><script>{
const card = ${quoted(card)}, html = ${quoted(markdown(card))};
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
drawn.hostConfig = new HostConfig(${JSON.stringify(HOST)});
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
