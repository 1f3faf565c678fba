// Starts Chromium for a test, and ends it. Every script of the browser tests begins here.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Run `story(page)` in a browser of its own; `options` are the context's, such as the viewport.
 * Where it fails, `pictures` gets what the screen showed.
 */
export async function drive(executablePath, pictures, options, story) {
  const profile = mkdtempSync(join(tmpdir(), "hourbridge-chromium-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: FLAGS,
    ...options,
  });
  try {
    context.setDefaultTimeout(20_000);
    const page = context.pages()[0] ?? (await context.newPage());
    const problems = [];
    page.on("pageerror", (error) => problems.push(`page error: ${error.message}`));
    page.on("requestfailed", (request) => {
      const why = request.failure()?.errorText ?? "";
      if (why !== "net::ERR_ABORTED") problems.push(`request failed: ${request.url()} ${why}`);
    });
    const result = await story(page).catch(async (error) => {
      await page.screenshot({ path: join(pictures, "failed.png") });
      throw error;
    });
    return { ...result, problems };
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Tell the test what came of it: one line of JSON on standard output. */
export function report(result) {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
