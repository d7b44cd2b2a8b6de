import { resolve } from "node:path";
import type { Config } from "@og-gen/core";
import { checkConfig, nearest, OgError } from "@og-gen/core/command";
import { FLAG_LIST, type NamedFlag } from "./flags.ts";
import type { Flags } from "./parse.ts";

/**
 * What the flags say, in the words of the configuration; a flag that was not given is not there.
 * @throws OgError `E_OPTION` that names the flag
 */
export function settingsOf(flags: Flags, cwd: string): Config {
  const none: Config = flags["no-cache"] ? { cacheDir: false } : {};
  return FLAG_LIST.reduce((settings, flag) => ({ ...settings, ...settingOf(flag, flags[flag.name], cwd) }), none);
}

function settingOf({ name, option, reads, choices }: NamedFlag, written: string | boolean | undefined, cwd: string): Config {
  if (option === undefined || written === undefined) return {};
  if (typeof written === "boolean") return checkConfig({ [option]: written });
  const value = reads === undefined ? written : READERS[reads](written, cwd);
  try {
    return checkConfig({ [option]: value });
  } catch (thrown) {
    if (!(thrown instanceof OgError)) throw thrown;
    const message = thrown.message.replace(`The option \`${option}\``, `The option --${name}`);
    const meant = nearest(written, choices ?? []);
    throw new OgError(thrown.code, message, { hint: meant ? `Did you mean ${meant}?` : thrown.hint });
  }
}

/** Of 1,000, as WhatsApp's limit is told. */
const UNITS: Readonly<Record<string, number>> = { "": 1, kb: 1000, mb: 1_000_000 };

const READERS = {
  /** `300kb`, `0.5 MB`, `300000`, `false`; what is none of them stays a text. */
  bytes(written: string) {
    if (written === "false") return false;
    const [, number, unit = ""] = /^([\d.]+) *(kb|mb)?$/i.exec(written) ?? [];
    const bytes = Math.round(Number(number) * (UNITS[unit.toLowerCase()] ?? Number.NaN));
    return Number.isNaN(bytes) ? written : bytes;
  },
  /** What is no number stays a text, so that the message shows it as it was written. */
  number: (written: string) => (Number.isNaN(Number(written)) ? written : Number(written)),
  path: (written: string, cwd: string) => resolve(cwd, written),
  /** A name stays a name. */
  template: (written: string, cwd: string) => (/[/\\]|\.(?:tsx?|jsx|m?js)$/.test(written) ? resolve(cwd, written) : written),
} as const;
