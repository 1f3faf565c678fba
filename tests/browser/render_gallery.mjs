// Draws what goes to each platform and takes its picture: `node render_gallery.mjs JOB.json`.
//
// The job: {chromium, css, out, widths, theme, pages: [{name, platform, wire}], sheets: [{file, width, html}]};
// with "blind" it draws and looks for faults, but takes no picture. Prints a JSON list with one report for each page and width: its file, how far it runs over the
// edge, and what the renderer had to say against it.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { withChromium } from "./chromium.mjs";
import { localPages } from "./draw_local.mjs";
import { slackPage } from "./draw_slack.mjs";
import { teamsPage } from "./draw_teams.mjs";

const job = JSON.parse(await readFile(process.argv[2], "utf8"));
const draw = { slack: slackPage, teams: teamsPage, local: localPages(job.css) };

/** One page at one width. */
async function picture(page, { name, platform, wire }, width) {
  const problems = [];
  const hear = (error) => problems.push(String(error));
  page.on("pageerror", hear);
  await page.setViewportSize({ width, height: 200 });
  await page.evaluate(() => delete window.problems);
  await page.setContent(draw[platform](wire, job.theme), { waitUntil: "load" });
  page.off("pageerror", hear);
  const found = await page.evaluate(() => {
    const root = document.documentElement;
    const edge = root.clientWidth;
    const wide = [...document.body.querySelectorAll("*")].filter((one) => {
      if (one.closest(".table, .hidden") || getComputedStyle(one).clipPath !== "none") return false;
      return one.getBoundingClientRect().right > edge + 1;
    });
    return {
      over: Math.max(0, root.scrollWidth - edge, ...(wide.length ? [1] : [])),
      wide: wide.slice(-1).map((one) => one.outerHTML.slice(0, 160)),
      said: window.problems ?? [],
      height: root.scrollHeight,
    };
  });
  const height = Math.min(Math.max(found.height, 60), 6000);
  const look = platform === "teams" && job.theme && job.theme !== "light" ? `-${job.theme}` : "";
  const file = job.blind ? "" : `${platform}/${name}-${width}${look}.png`;
  if (file) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: join(job.out, file) });
  }
  return {
    ...{ name, platform, width, file, height, over: found.over, wide: found.wide },
    problems: [...problems, ...found.said],
  };
}

/** Pages that put pictures side by side, photographed themselves. */
async function sheet(page, { file, width, html }) {
  const source = join(job.out, `${file}.html`);
  await writeFile(source, html);
  await page.setViewportSize({ width, height: 200 });
  await page.goto(pathToFileURL(source).href, { waitUntil: "load" });
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.min(height, 12000) });
  await page.screenshot({ path: join(job.out, `${file}.png`) });
}

const reports = await withChromium(job.chromium, async (context) => {
  const page = await context.newPage();
  const done = [];
  for (const platform of Object.keys(draw)) await mkdir(join(job.out, platform), { recursive: true });
  for (const one of job.pages) {
    for (const width of job.widths) done.push(await picture(page, one, width));
  }
  for (const one of job.sheets ?? []) await sheet(page, one);
  return done;
});
process.stdout.write(JSON.stringify(reports));
