/** `pnpm golden`: takes what is painted now for what should be painted. */
import { existsSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { GOLDEN_LIST, paintGolden, readGolden } from "./golden.ts";
import { differences } from "./tree.ts";

const bin = fileURLToPath(new URL("../packages/cli/dist/bin.js", import.meta.url));
const now = paintGolden(bin);
const changed = existsSync(GOLDEN_LIST) ? differences(now.files, readGolden().files) : Object.keys(now.files);
writeFileSync(GOLDEN_LIST, `${JSON.stringify(now, null, 1)}\n`);
console.log(`${changed.length} of ${Object.keys(now.files).length} pictures changed.`);
for (const file of changed) console.log(`  ${file}`);
