// Somebody installs Hourbridge into one workspace after another, at each one's consent page.
// node consent.mjs INSTALLS CHROMIUM FOLDER: INSTALLS is JSON, [{"url", "who", "name"}, ...].

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { drive, report } from "../../browser/drive.mjs";

const [installs, executablePath, folder] = process.argv.slice(2);
const axe = readFileSync(
  createRequire(new URL("../../browser/package.json", import.meta.url)).resolve("axe-core/axe.min.js"),
  "utf-8",
);

async function looked(page, name) {
  const found = [];
  for (const [width, height] of [[1280, 900], [390, 844]]) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: join(folder, `installed-${name}-${width}.png`), fullPage: true });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (wide > 0) found.push(`${name} is ${wide} pixels too wide at ${width}`);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run(document));
    found.push(...violations.map((one) => `${name} at ${width}: ${one.id}`));
  }
  return found;
}

async function story(page) {
  const pages = [];
  const findings = [];
  for (const { url, who, name } of JSON.parse(installs)) {
    await page.goto(url);
    await page.getByText("Authorize Hourbridge").waitFor();
    const consent = new URL(page.url());
    await page.getByRole("button", { name: who }).click();
    await page.getByRole("heading", { name: "Hourbridge is installed" }).waitFor();
    pages.push({ asked: consent.searchParams.get("scope"), text: await page.innerText("main") });
    findings.push(...(await looked(page, name)));
    await page.reload();
    await page.getByRole("heading", { name: "This page works once" }).waitFor();
    findings.push(...(await looked(page, `${name}-again`)));
  }
  return { pages, findings };
}

report(await drive(executablePath, folder, {}, story));
