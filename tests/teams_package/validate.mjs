// What Microsoft's own reader of manifests says of each: `node validate.mjs IN`.
//
// IN is {name: manifest}. Prints {name: [complaint, …]}; a manifest that it cannot read is one too.

import { readFile } from "node:fs/promises";
import manifests from "@microsoft/app-manifest";

const { AppManifestUtils, TeamsManifestConverter } = manifests;

globalThis.fetch = () => Promise.reject(new Error("this check asks nobody"));

async function complaints(made) {
  try {
    const read = TeamsManifestConverter.jsonToManifest(JSON.stringify(made));
    const found = await AppManifestUtils.validateAgainstSchema(read);
    return found.map((one) => (typeof one === "string" ? one : JSON.stringify(one)));
  } catch (error) {
    return [String(error.message ?? error)];
  }
}

const said = {};
for (const [name, made] of Object.entries(JSON.parse(await readFile(process.argv[2], "utf8")))) {
  said[name] = await complaints(made);
}
console.log(JSON.stringify(said));
