// One headless Chromium with a profile of its own, closed when the work is done.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--hide-scrollbars",
  "--allow-file-access-from-files",
];

/** Run `work(context)` with a browser that reaches no network. */
export async function withChromium(executablePath, work) {
  const profile = await mkdtemp(join(tmpdir(), "hourbridge-chromium-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: FLAGS,
    headless: true,
    colorScheme: "light",
    locale: "en-GB",
    reducedMotion: "reduce",
  });
  try {
    await context.route(/^https?:/, answerOffline);
    return await work(context);
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  }
}

const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" width="360" height="160">
<rect width="360" height="160" fill="#d7e3e4"/><text x="180" y="86" text-anchor="middle"
font-family="sans-serif" font-size="16" fill="#37474f">a picture</text></svg>`;

/** Pictures become a grey box; nothing else is answered. */
function answerOffline(route) {
  if (route.request().resourceType() !== "image") return route.abort();
  return route.fulfill({ contentType: "image/svg+xml", body: PICTURE });
}
