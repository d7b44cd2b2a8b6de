import { lookup as lookupAddress, type LookupAddress } from "node:dns";
import { get } from "node:https";
import type { IncomingMessage } from "node:http";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { OgError, reasonOf } from "../error.ts";
import { LIMITS, type Limits } from "../limits.ts";
import { isAllowedHost } from "./hosts.ts";

/**
 * Addresses that are not on the public internet: IANA's special-purpose registries,
 * https://www.iana.org/assignments/iana-ipv4-special-registry and …/iana-ipv6-special-registry, and multicast.
 */
const NOT_PUBLIC = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const)
  NOT_PUBLIC.addSubnet(network, prefix, "ipv4");
/** Global unicast is 2000::/3; inside it, these carry or hide an IPv4 address, or are for documentation. */
for (const [network, prefix] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const)
  NOT_PUBLIC.addSubnet(network, prefix, "ipv6");
const GLOBAL_UNICAST = new BlockList();
GLOBAL_UNICAST.addSubnet("2000::", 3, "ipv6");

/**
 * Fetches an image over https from a host that the user has allowed, never from an address inside a network: the name
 * is resolved once, and the connection goes to the address that was checked.
 * @throws OgError `E_IMAGE`
 */
export async function fetchImage(
  url: string,
  hosts: readonly string[],
  { remoteBytes, remoteMs, remoteRedirects }: Limits = LIMITS,
): Promise<Uint8Array> {
  const deadline = AbortSignal.timeout(remoteMs);
  let address = url;
  for (let hop = 0; hop <= remoteRedirects; hop++) {
    const target = checkUrl(address, hosts);
    try {
      const answer = await request(target, deadline, remoteBytes);
      if (answer instanceof Uint8Array) return answer;
      address = new URL(answer.location, target).href;
    } catch (thrown) {
      if (thrown instanceof OgError)
        throw new OgError(thrown.code, `The image ${url} cannot be fetched: ${reasonOf(thrown)}.`, { hint: thrown.hint });
      const reason = deadline.aborted ? `no answer within ${remoteMs} ms` : reasonOf(thrown);
      throw new OgError("E_IMAGE", `The image ${url} cannot be fetched: ${reason}.`, {
        hint: "Try the address in a browser, or use a local copy.",
        cause: thrown,
      });
    }
  }
  throw new OgError("E_IMAGE", `The image ${url} is redirected more than ${remoteRedirects} times.`, { hint: "Give the last address." });
}

function checkUrl(address: string, hosts: readonly string[]): URL {
  const url = URL.parse(address);
  if (url?.protocol !== "https:")
    throw new OgError("E_IMAGE", `The image ${address} is not on https.`, { hint: "Use https, or a local copy." });
  if (!isAllowedHost(url.href, hosts)) {
    throw new OgError("E_IMAGE", `The image ${address} is on ${url.hostname}, which is not allowed.`, {
      hint: `Add "${url.hostname}" to \`remoteHosts\`, or use a local copy.`,
    });
  }
  return url;
}

function request(url: URL, signal: AbortSignal, mostBytes: number): Promise<Uint8Array | { readonly location: string }> {
  return new Promise((resolve, reject) => {
    const literal = url.hostname.replace(/^\[|\]$/g, "");
    if (isIP(literal)) throwUnlessPublic(literal);
    const outgoing = get(
      url,
      { signal, agent: false, lookup: publicLookup, headers: { accept: "image/*", "user-agent": "og-gen" } },
      (response) => {
        const { statusCode = 0, headers } = response;
        if (statusCode >= 300 && statusCode < 400 && headers.location) {
          response.destroy();
          resolve({ location: headers.location });
        } else if (statusCode !== 200) {
          response.destroy();
          reject(new Error(`the server answers ${statusCode}`));
        } else {
          readBody(response, mostBytes).then(resolve, reject);
        }
      },
    );
    outgoing.on("error", reject);
  });
}

async function readBody(response: IncomingMessage, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > most) throw new Error(`it has more than ${most} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookupAddress(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error) return callback(error, "", 4);
    try {
      for (const { address } of addresses) throwUnlessPublic(address);
    } catch (thrown) {
      return callback(thrown as Error, "", 4);
    }
    const [first] = addresses;
    if (options.all) return callback(null, addresses);
    return first ? callback(null, first.address, first.family) : callback(new Error(`${hostname} has no address`), "", 4);
  });
};

function throwUnlessPublic(address: string): void {
  const isPublic =
    isIP(address) === 4 ? !NOT_PUBLIC.check(address, "ipv4") : GLOBAL_UNICAST.check(address, "ipv6") && !NOT_PUBLIC.check(address, "ipv6");
  if (!isPublic)
    throw new OgError("E_IMAGE", `${address} is not a public address.`, { hint: "Images are only fetched from the internet." });
}
