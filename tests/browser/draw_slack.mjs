// A message, modal or Home tab of Slack as a page, drawn by slack-blocks-to-jsx.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";

const require = createRequire(import.meta.url);
const { Message } = require("slack-blocks-to-jsx");
const STYLE = readFileSync(require.resolve("slack-blocks-to-jsx/dist/style.css"), "utf8");
const LOGO = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#0b5d5e"/></svg>',
)}`;
// Slack's own client breaks a word that is wider than the message; the drawn copy does not.
const FRAME = `
* { overflow-wrap: anywhere; }
body { margin: 0; padding: 16px; background: #fff; font-family: "Liberation Sans", sans-serif; }
#slack_blocks_to_jsx { max-width: 720px; }
.modal { max-width: 520px; margin: 0 auto; border: 1px solid #ddd; border-radius: 10px; overflow: hidden; }
.modal > header, .modal > footer { display: flex; gap: 12px; justify-content: flex-end; padding: 14px 20px; border-bottom: 1px solid #ddd; }
.modal > header { justify-content: flex-start; font-size: 18px; font-weight: 900; color: #1d1c1d; }
.modal > footer { border: 0; border-top: 1px solid #ddd; }
.modal > footer b { padding: 8px 16px; border: 1px solid #bbb; border-radius: 4px; font-size: 15px; }
.modal > footer b.submit { border-color: #007a5a; background: #007a5a; color: #fff; }
.modal > div { padding: 4px 20px 20px; }
`;

/** The whole page for what goes to Slack. */
export function slackPage(wire) {
  const props = {
    blocks: wire.blocks,
    logo: LOGO,
    name: "Hourbridge",
    time: new Date("2026-05-04T09:00:00Z"),
    theme: "light",
    withoutWrapper: wire.type !== undefined,
  };
  const drawn = renderToStaticMarkup(createElement(Message, props));
  return `<!doctype html><meta charset="utf-8"><style>${STYLE}${FRAME}</style>${framed(wire, drawn)}`;
}

function framed(wire, drawn) {
  if (wire.type !== "modal") return drawn;
  const submit = wire.submit ? `<b class="submit">${escaped(wire.submit.text)}</b>` : "";
  return `<section class="modal"><header>${escaped(wire.title.text)}</header><div>${drawn}</div>
<footer><b>${escaped(wire.close.text)}</b>${submit}</footer></section>`;
}

const escaped = (words) =>
  words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
