import type { LookupAddress } from "node:dns";
import { EventEmitter } from "node:events";
import { createServer, type AddressInfo, type LookupFunction, type Server } from "node:net";
import { hostname } from "node:os";
import { Readable } from "node:stream";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { OgError } from "../src/error.ts";
import { isAllowedHost } from "../src/resolve/hosts.ts";
import { createImageFinder } from "../src/resolve/images.ts";
import { fetchImage } from "../src/resolve/remote.ts";

/** What a server on the internet answers, and what a name means there; without them, Node's own do the work. */
interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Iterable<Uint8Array | string | Error>;
}
interface GetOptions {
  readonly lookup: LookupFunction;
  readonly signal: AbortSignal;
}
let answers: ((url: string, options: GetOptions) => Answer | "never") | undefined;
let names: Readonly<Record<string, readonly LookupAddress[]>> = {};
let requested: string[] = [];

vi.mock("node:https", async (importActual) => {
  const actual = await importActual<typeof import("node:https")>();
  return {
    ...actual,
    get: (...args: Parameters<typeof actual.get>) =>
      answers ? scriptedGet(...(args as unknown as Parameters<typeof scriptedGet>)) : actual.get(...args),
  };
});
vi.mock("node:dns", async (importActual) => {
  const actual = await importActual<typeof import("node:dns")>();
  return {
    ...actual,
    lookup: (name: string, options: object, callback: (error: Error | null, addresses?: readonly LookupAddress[]) => void) => {
      const addresses = names[name];
      if (addresses) process.nextTick(callback, null, addresses);
      else actual.lookup(name, options as { all: true }, callback);
    },
  };
});

function scriptedGet(
  url: URL,
  options: GetOptions,
  onResponse: (response: Readable & { statusCode: number; headers: object }) => void,
): EventEmitter {
  requested.push(url.href);
  const request = new EventEmitter();
  const answer = answers?.(url.href, options) ?? {};
  options.signal.addEventListener("abort", () => request.emit("error", options.signal.reason));
  if (answer === "never") return request;
  const parts = answer.body ?? ["image"];
  const stream = Readable.from(
    (async function* () {
      for (const part of parts) {
        await Promise.resolve();
        if (part instanceof Error) throw part;
        yield typeof part === "string" ? Buffer.from(part) : part;
      }
    })(),
    { objectMode: false },
  );
  process.nextTick(onResponse, Object.assign(stream, { statusCode: answer.status ?? 200, headers: answer.headers ?? {} }));
  return request;
}

afterEach(() => {
  answers = undefined;
  names = {};
  requested = [];
  vi.restoreAllMocks();
});

const URL_1 = "https://images.example.com/a.png";
const HOSTS = ["images.example.com", "cdn.example.com"];

async function refusal(url: string, hosts: readonly string[] = HOSTS): Promise<OgError> {
  const thrown: unknown = await fetchImage(url, hosts).then(
    () => new Error(`${url} was fetched.`),
    (error: unknown) => error,
  );
  if (thrown instanceof OgError) return thrown;
  throw thrown;
}

test("the pictures of many pages are under way together, each once", async () => {
  answers = () => ({});
  const finder = createImageFinder({ root: "/", publicDir: "/", remoteHosts: HOSTS });
  const covers = ["1", "2", "3"].map((name) => ({ type: "img", props: { src: `https://cdn.example.com/${name}.png` } }));
  for (const cover of [...covers, { type: "img", props: {} }]) finder.fetchAhead(cover);
  await vi.waitFor(() => expect(requested).toHaveLength(3));
  for (const cover of covers) expect((await finder.resolve(cover, "/blog/page.md")).images).toMatchObject([{ name: cover.props.src }]);
  expect(requested).toHaveLength(3);
});

describe("addresses of this machine", () => {
  const servers: Server[] = [];
  let connections = 0;
  let port = 0;

  beforeAll(async () => {
    for (const host of ["127.0.0.1", "::1"]) {
      const server = createServer((socket) => {
        connections++;
        socket.destroy();
      });
      const listening = await new Promise<boolean>((resolve) => {
        server.once("error", () => resolve(false));
        server.listen(port, host, () => resolve(true));
      });
      if (listening) {
        servers.push(server);
        port = (server.address() as AddressInfo).port;
      }
    }
  });
  afterAll(() => Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve)))));

  test.each([
    "127.0.0.1",
    "127.1",
    "127.0.0.2",
    "0x7f.1",
    "0177.0.0.1",
    "2130706433",
    "１２７.0.0.1",
    "0.0.0.0",
    "0",
    "[::1]",
    "[::]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "localhost",
    "LOCALHOST",
  ])("https://%s is not connected to, though its host is allowed", async (host) => {
    const url = `https://${host}:${port}/a.png`;
    const error = await refusal(url, [new URL(url).hostname]);
    expect(error).toMatchObject({
      code: "E_IMAGE",
      message: expect.stringContaining("is not a public address"),
      hint: "Images are only fetched from the internet.",
    });
    expect(connections).toBe(0);
  });

  test("names that may or may not be this machine's are not connected to either", async () => {
    for (const host of ["localhost.", "localhost.localdomain", "ip6-localhost", hostname()]) {
      expect((await refusal(`https://${host}:${port}/a.png`, [host.toLowerCase()])).code).toBe("E_IMAGE");
    }
    expect(connections).toBe(0);
  });

  test("the error names the image", async () => {
    for (const host of ["127.0.0.1", "localhost"])
      expect((await refusal(`https://${host}/a.png`, [host])).message).toContain(`https://${host}/a.png`);
  });

  test("the listeners would have noticed", async () => {
    expect(servers.length).toBeGreaterThan(0);
    await fetch(`http://127.0.0.1:${port}`).catch(() => undefined);
    expect(connections).toBe(1);
    connections = 0;
  });
});

describe("addresses inside of a network", () => {
  test.each([
    "10.0.0.1",
    "100.64.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.168.0.1",
    "198.18.0.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "[fc00::1]",
    "[fd12::1]",
    "[fe80::1]",
    "[ff02::1]",
    "[2001:db8::1]",
    "[2001::1]",
    "[::ffff:10.0.0.1]",
    "[3fff::1]",
    "[100::1]",
  ])("%s", async (host) => {
    answers = () => ({});
    expect((await refusal(`https://${host}/a.png`, [new URL(`https://${host}/`).hostname])).message).toContain("is not a public address");
    expect(requested).toEqual([]);
  });

  test.each(["8.8.8.8", "172.15.0.1", "172.32.0.1", "100.128.0.1", "[2606:4700::1111]", "[2a00:1450::1]"])(
    "%s is a public one",
    async (host) => {
      answers = () => ({});
      expect(Buffer.from(await fetchImage(`https://${host}/a.png`, [host])).toString()).toBe("image");
    },
  );
});

describe("names are resolved once, and only to public addresses", () => {
  const PUBLIC = { address: "93.184.216.34", family: 4 };
  const PUBLIC_6 = { address: "2606:2800:220:1:248:1893:25c8:1946", family: 6 };

  /** What the connection is told of a name. */
  async function lookUp(addresses: readonly LookupAddress[], options: { readonly all?: boolean } = { all: true }): Promise<unknown> {
    names = { "images.example.com": addresses };
    let lookup: LookupFunction | undefined;
    answers = (_url, given) => {
      lookup = given.lookup;
      return {};
    };
    await fetchImage(URL_1, HOSTS);
    return new Promise((resolve) => lookup?.("images.example.com", options, (error, ...found) => resolve(error ?? found)));
  }

  test("the connection goes to the addresses that were checked", async () => {
    expect(await lookUp([PUBLIC, PUBLIC_6])).toEqual([[PUBLIC, PUBLIC_6]]);
    expect(await lookUp([PUBLIC_6, PUBLIC], {})).toEqual([PUBLIC_6.address, 6]);
  });

  test.each([
    ["a private one", [{ address: "192.168.0.1", family: 4 }]],
    ["a private one among public ones", [PUBLIC, { address: "10.0.0.1", family: 4 }, PUBLIC_6]],
    ["loopback", [{ address: "::1", family: 6 }]],
    ["loopback in disguise", [{ address: "::ffff:127.0.0.1", family: 6 }]],
    ["what is no address", [{ address: "example.com", family: 4 }]],
  ])("%s is an error", async (_, addresses) => {
    expect(await lookUp(addresses)).toMatchObject({ code: "E_IMAGE" });
    expect(await lookUp(addresses, {})).toMatchObject({ code: "E_IMAGE" });
  });

  test("so is a name without an address", async () => {
    expect(await lookUp([], {})).toBeInstanceOf(Error);
  });
});

describe("what is not requested", () => {
  test.each([
    ["http://images.example.com/a.png", "is not on https"],
    ["ftp://images.example.com/a.png", "is not on https"],
    ["https://", "is not on https"],
    ["https://[", "is not on https"],
    ["not an address", "is not on https"],
    ["https://other.example.com/a.png", "is on other.example.com, which is not allowed"],
    ["https://images.example.com.evil.example/a.png", "is on images.example.com.evil.example, which is not allowed"],
    ["https://evil.example/#@images.example.com", "is on evil.example, which is not allowed"],
  ])("%s", async (url, words) => {
    answers = () => ({});
    expect(await refusal(url)).toMatchObject({ code: "E_IMAGE", message: expect.stringContaining(words) });
    expect(requested).toEqual([]);
  });

  test.each([
    ["https://images.example.com/a.png", true],
    ["https://IMAGES.example.com:8443/a.png", true],
    ["//images.example.com/a.png", true],
    ["https://sub.images.example.com/a.png", false],
    ["https://images.example.com./a.png", false],
    ["/a.png", false],
    ["https://", false],
  ])("the host of %s is allowed: %s", (url, allowed) => {
    expect(isAllowedHost(url, HOSTS)).toBe(allowed);
  });
});

describe("answers", () => {
  test("an image, in parts", async () => {
    answers = () => ({ body: ["im", "a", "ge"] });
    expect(Buffer.from(await fetchImage(URL_1, HOSTS)).toString()).toBe("image");
    expect(requested).toEqual([URL_1]);
  });

  test.each([204, 206, 304, 400, 403, 404, 429, 500, 503])("%d is no image", async (status) => {
    answers = () => ({ status });
    expect(await refusal(URL_1)).toMatchObject({
      code: "E_IMAGE",
      message: `The image ${URL_1} cannot be fetched: the server answers ${status}.`,
      hint: "Try the address in a browser, or use a local copy.",
    });
  });

  test("what is larger than 10 MB is not read to its end", async () => {
    let sent = 0;
    function* endless() {
      for (;;) {
        sent++;
        yield Buffer.alloc(1024 * 1024);
      }
    }
    answers = () => ({ body: endless() });
    expect((await refusal(URL_1)).message).toBe(`The image ${URL_1} cannot be fetched: it has more than ${10 * 1024 * 1024} bytes.`);
    expect(sent).toBeLessThan(20);
  });

  test("a connection that breaks off", async () => {
    answers = () => ({ body: ["ima", new Error("socket hang up")] });
    expect((await refusal(URL_1)).message).toBe(`The image ${URL_1} cannot be fetched: socket hang up.`);
  });

  test("none, in time", async () => {
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    const limits: number[] = [];
    vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => {
      limits.push(ms);
      return timeout(20);
    });
    answers = () => "never";
    expect((await refusal(URL_1)).message).toBe(`The image ${URL_1} cannot be fetched: no answer within 5000 ms.`);
    expect(limits).toEqual([5_000]);
  });
});

describe("redirects", () => {
  const redirect = (location: string, status = 302): Answer => ({ status, headers: { location }, body: [] });

  test.each([
    ["to another address", "https://images.example.com/b.png", "https://images.example.com/b.png"],
    ["to another allowed host", "https://cdn.example.com/b.png", "https://cdn.example.com/b.png"],
    ["to a path", "/b.png", "https://images.example.com/b.png"],
    ["to a relative path", "b.png", "https://images.example.com/b.png"],
    ["without a scheme", "//cdn.example.com/b.png", "https://cdn.example.com/b.png"],
  ])("%s", async (_, location, next) => {
    answers = (url) => (url === URL_1 ? redirect(location) : {});
    expect(Buffer.from(await fetchImage(URL_1, HOSTS)).toString()).toBe("image");
    expect(requested).toEqual([URL_1, next]);
  });

  test.each([301, 302, 303, 307, 308])("%d is one", async (status) => {
    answers = (url) => (url === URL_1 ? redirect("/b.png", status) : {});
    await fetchImage(URL_1, HOSTS);
    expect(requested).toHaveLength(2);
  });

  test.each([
    ["to a host that is not allowed", "https://evil.example/b.png", "which is not allowed"],
    ["to http", "http://images.example.com/b.png", "is not on https"],
    ["to a file", "file:///etc/passwd", "is not on https"],
    ["to data", "data:image/png;base64,AAAA", "is not on https"],
    ["to loopback", "https://127.0.0.1/b.png", "not allowed"],
    ["to what is no address", "https://[", "cannot be fetched"],
  ])("%s is not followed", async (_, location, words) => {
    answers = () => redirect(location);
    expect(await refusal(URL_1)).toMatchObject({ code: "E_IMAGE", message: expect.stringContaining(words) });
    expect(requested).toEqual([URL_1]);
  });

  test("to loopback is not followed even where its host is allowed", async () => {
    answers = () => redirect("https://127.0.0.1/b.png");
    expect((await refusal(URL_1, [...HOSTS, "127.0.0.1"])).message).toContain("127.0.0.1 is not a public address");
    expect(requested).toEqual([URL_1]);
  });

  test("three are followed, a fourth is not", async () => {
    const upTo = (last: number) => (url: string) => {
      const number = Number(/\d+/.exec(url)?.[0] ?? 0);
      return number < last ? redirect(`/${number + 1}.png`) : {};
    };
    answers = upTo(3);
    await fetchImage(URL_1, HOSTS);
    answers = upTo(99);
    requested = [];
    expect(await refusal(URL_1)).toMatchObject({
      message: `The image ${URL_1} is redirected more than 3 times.`,
      hint: "Give the last address.",
    });
    expect(requested).toHaveLength(4);
  });
});
