import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { generate } from "../src/generate.ts";
import type { Options } from "../src/options.ts";
import { createOwnStore } from "../src/store/own-store.ts";
import type { Ledger, Renderer, Store, Warning } from "../src/types.ts";

/** Begins and ends as a PNG. */
const BYTES = new Uint8Array(Buffer.from("\x89PNG\r\n\x1a\n IEND\xae\x42\x60\x82", "latin1"));
/** What an answer may take in these tests, in milliseconds. */
const MS = 50;

function open(store: Partial<Store>) {
  const warnings: Warning[] = [];
  const own = createOwnStore({ get: async () => undefined, set: async () => undefined, ...store }, MS, (warning) => warnings.push(warning));
  return { own, warnings, codes: () => warnings.map(({ code }) => code) };
}

function throwing(thrown: unknown): () => never {
  return () => {
    throw thrown;
  };
}

const never = () => new Promise<never>(() => undefined);

test("a store that works is the same", async () => {
  const entries = new Map<string, Uint8Array>();
  const { own, warnings } = open({ get: async (key) => entries.get(key), set: async (key, bytes) => void entries.set(key, bytes) });
  expect(await own.get("a")).toBeUndefined();
  await own.set("a", BYTES);
  expect(await own.get("a")).toBe(BYTES);
  expect(warnings).toEqual([]);
});

test("its methods are called as methods", async () => {
  class Entries {
    readonly entries = new Map<string, Uint8Array>();
    async get(key: string) {
      return this.entries.get(key);
    }
    async set(key: string, bytes: Uint8Array) {
      this.entries.set(key, bytes);
    }
  }
  const { own, warnings } = open({});
  const ofClass = createOwnStore(new Entries(), MS, (warning) => warnings.push(warning));
  await ofClass.set("a", BYTES);
  expect([await ofClass.get("a"), await own.get("a"), warnings]).toEqual([BYTES, undefined, []]);
});

describe("what fails is told once, and is asked again", () => {
  test.each<[string, () => Promise<never>, string]>([
    ["rejects", () => Promise.reject(new Error("no connection.")), "no connection"],
    ["throws", throwing(new TypeError("no such bucket")), "no such bucket"],
    ["throws undefined", throwing(undefined), "undefined"],
    [
      "rejects with nothing that can be printed",
      () => Promise.reject(Object.create(null) as Error),
      "something that cannot be printed was thrown",
    ],
  ])("a store that %s", async (_name, fail, reason) => {
    let asked = 0;
    const count = () => (asked++, fail());
    const { own, warnings } = open({ get: count, set: count });
    expect(await Promise.all(["a", "b", "c"].map((key) => own.get(key)))).toEqual([undefined, undefined, undefined]);
    expect(await own.set("a", BYTES)).toBeUndefined();
    expect(await own.set("b", BYTES)).toBeUndefined();
    expect(warnings).toMatchObject([
      { code: "W_STORE_READ", message: `The project's own \`store\` cannot be read: ${reason}.` },
      { code: "W_STORE_WRITE", message: `Cards cannot be kept in the project's own \`store\`: ${reason}.` },
    ]);
    expect(asked).toBe(5);
  });
});

describe("what it gives that is no card counts as nothing", () => {
  test.each<[unknown, string]>([
    ["a text", "not a Uint8Array, but a string"],
    [7, "not a Uint8Array, but a number"],
    [false, "not a Uint8Array, but a boolean"],
    [{ bytes: BYTES }, "not a Uint8Array, but Object"],
    [BYTES.buffer, "not a Uint8Array, but ArrayBuffer"],
    [new Uint16Array(2), "not a Uint8Array, but Uint16Array"],
    [new Uint8Array(), "what is no whole image"],
    [Buffer.from("<Error>NoSuchKey</Error>"), "what is no whole image"],
    [BYTES.subarray(0, -1), "what is no whole image"],
    [Buffer.concat([Buffer.from('["lost words"]\n'), BYTES.subarray(0, -1)]), "what is no whole image"],
  ])("%j", async (answer, what) => {
    const { own, warnings } = open({ get: async () => answer as Uint8Array });
    expect([await own.get("a"), await own.get("b")]).toEqual([undefined, undefined]);
    expect(warnings).toMatchObject([
      { code: "W_STORE_ENTRY", message: `The project's own \`store\` gave ${what}; the card is made again.` },
    ]);
  });

  test("a card that lost words comes with them", async () => {
    const entry = Buffer.concat([Buffer.from('["lost words"]\n'), BYTES]);
    const { own, warnings } = open({ get: async () => entry });
    expect([await own.get("a"), warnings]).toEqual([entry, []]);
  });

  test("null is how many databases say that there is nothing", async () => {
    const { own, warnings } = open({ get: async () => null as unknown as undefined });
    expect([await own.get("a"), warnings]).toEqual([undefined, []]);
  });
});

test("what never answers costs the limit once, and the other side of the store goes on", async () => {
  let kept = 0;
  const { own, codes } = open({ get: never, set: async () => void kept++ });
  const started = performance.now();
  await Promise.all(["a", "b"].map((key) => own.get(key)));
  for (let key = 0; key < 100; key++) await own.get(String(key));
  expect(performance.now() - started).toBeLessThan(10 * MS);
  await own.set("a", BYTES);
  expect([codes(), kept]).toEqual([["W_STORE_READ"], 1]);
});

test("an answer that comes too late changes nothing, also when it is a rejection", async () => {
  const { own, warnings } = open({ set: () => new Promise((_resolve, reject) => setTimeout(() => reject(new Error("late")), 2 * MS)) });
  await own.set("a", BYTES);
  await new Promise((resolve) => setTimeout(resolve, 2 * MS));
  expect(warnings).toMatchObject([{ code: "W_STORE_WRITE", message: expect.stringContaining(`no answer within ${MS} ms.`) }]);
});

describe("no page of a run fails", () => {
  const renderer: Renderer = {
    render: async (job) => ({ bytes: Buffer.from(`a picture of ${job.key}`), degraded: false }),
    close: async () => undefined,
  };

  async function ledgerWith(store: Store, more: Options = {}): Promise<Ledger> {
    const root = await mkdtemp(join(tmpdir(), "og-gen-own-store-"));
    onTestFinished(() => rm(root, { recursive: true, force: true }));
    const source = Array.from({ length: 20 }, (_, index) => ({ id: `page-${index}`, title: `Page ${index}` }));
    return generate({ root, source, store, renderer, timeout: 1_000, variants: { og: { width: 240, height: 126 } }, ...more });
  }

  test.each<[string, Store, readonly string[]]>([
    ["throws", { get: throwing("no"), set: throwing("no") }, ["W_STORE_READ", "W_STORE_WRITE"]],
    ["never answers", { get: never, set: never }, ["W_STORE_READ", "W_STORE_WRITE"]],
    ["gives texts", { get: async () => "text" as unknown as Uint8Array, set: async () => undefined }, ["W_STORE_ENTRY"]],
  ])("whose store %s", async (_name, store, codes) => {
    const started = performance.now();
    const { pages, rendered, warnings } = await ledgerWith(store);
    expect({ pages, rendered, codes: warnings.map(({ code }) => code) }).toEqual({ pages: 20, rendered: 20, codes });
    expect(performance.now() - started).toBeLessThan(6_000);
  });

  test("an end of the run does not wait for a store", async () => {
    const over = new AbortController();
    const set = () => {
      setTimeout(() => over.abort("enough"), 20);
      return never();
    };
    const started = performance.now();
    await expect(ledgerWith({ get: async () => undefined, set }, { signal: over.signal, timeout: 60_000 })).rejects.toBe("enough");
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
