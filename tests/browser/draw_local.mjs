// A fragment of the local page as a page, in its own style and where the page puts it.

import { readFileSync } from "node:fs";

/** Draws fragments with the style sheet at `css`. */
export function localPages(css) {
  const style = readFileSync(css, "utf8");
  return (fragment) => {
    const message = `<article class="message bot answer"><div class="bubble"><div class="body">${fragment}</div></div></article>`;
    const inside = fragment.startsWith("<form")
      ? `<div class="sheet">${fragment}</div>`
      : `<section class="narrowed">${message}</section>`;
    return `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${style}
html, body { height: auto; min-height: 0; overflow: visible; }
body { display: block; padding: 16px; }
.sheet { position: static; max-height: none; margin: 0 auto; overflow: visible; }
.form > .actions { position: static; }
.narrowed { container-type: inline-size; max-width: 44rem; }
</style><body>${inside}`;
  };
}
