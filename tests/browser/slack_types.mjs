// Writes TypeScript that holds Slack JSON against Slack's own types: `node slack_types.mjs IN OUT`.
//
// IN is {name: wire}; OUT is a folder inside tests/browser, so that the types are found.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const [source, out] = process.argv.slice(2);
const wires = JSON.parse(await readFile(source, "utf8"));
const lines = ['import type { KnownBlock, ModalView, HomeView } from "@slack/types";', ""];
// Slack's views take blocks of any kind, for kinds to come; ours are all known.
const known = (view) => `Omit<${view}, "blocks"> & { blocks: KnownBlock[] }`;
const kinds = { modal: known("ModalView"), home: known("HomeView") };
for (const [name, wire] of Object.entries(wires)) {
  const kind = kinds[wire.type] ?? "{ text: string; blocks: KnownBlock[] }";
  lines.push(`// ${name}`, `void (${JSON.stringify(wire)} satisfies ${kind});`);
}
await mkdir(out, { recursive: true });
await writeFile(join(out, "wires.ts"), `${lines.join("\n")}\nexport {};\n`);
