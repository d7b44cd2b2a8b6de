import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

/** Runs `script` in a process of its own, where `createWatchdog` is known. */
async function run(script: string): Promise<string> {
  const module = new URL("../src/watchdog.ts", import.meta.url).href;
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ["--conditions=@og-gen/source", "--input-type=module", "--eval", `const { createWatchdog } = await import("${module}");\n${script}`],
    { timeout: 25_000, killSignal: "SIGKILL" },
  );
  expect(stderr).toBe("");
  return stdout.trim();
}

describe("createWatchdog", () => {
  test("ends a loop behind a timer, and counts it", async () => {
    const interruptions = await run(`
      const watchdog = createWatchdog(100);
      watchdog.watch();
      setTimeout(async () => { await 0; for (;;); }, 1);
      await new Promise((resolve) => setTimeout(resolve, 300));
      console.log(watchdog.watch());
      watchdog.close();`);
    expect(interruptions).toBe("1");
  });

  test("leaves alone what is idle for longer", async () => {
    const interruptions = await run(`
      const watchdog = createWatchdog(50);
      watchdog.watch();
      await new Promise((resolve) => setTimeout(resolve, 500));
      console.log(watchdog.watch());`);
    expect(interruptions).toBe("0");
  });

  test("keeps nobody waiting who closes it, or does not", async () => {
    const begun = performance.now();
    await run("createWatchdog(20_000).watch(); const closed = createWatchdog(20_000); closed.watch(); closed.close();");
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  /** Where the watchdog's thread was gone before the main thread had let go of it, one process in three was aborted here. */
  test("its leaving does not take the process with it", async () => {
    const left = await run(`
      process.setMaxListeners(0);
      for (let round = 0; round < 40; round++) {
        const watchdogs = Array.from({ length: 8 }, () => createWatchdog(1_000));
        for (const watchdog of watchdogs) watchdog.watch();
        await new Promise((resolve) => setTimeout(resolve, 60));
        for (const watchdog of watchdogs) watchdog.close();
        const end = performance.now() + 15;
        while (performance.now() < end) JSON.stringify({ round });
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      console.log("left");`);
    expect(left).toBe("left");
  });
});
