/** Loaded before a run: new files now and then say in the middle that the disk is full. */
import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

const SHARE = 0.1;
let state = Number(process.env.NO_SPACE_SEED ?? 1);

function random() {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
}

const { open } = fs;

fs.open = async (file, flags, ...more) => {
  const handle = await open(file, flags, ...more);
  if (flags === "wx" && random() < SHARE) {
    handle.writeFile = async (bytes) => {
      await handle.write(bytes, 0, Math.floor(bytes.length / 2));
      throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
    };
  }
  return handle;
};

syncBuiltinESMExports();
