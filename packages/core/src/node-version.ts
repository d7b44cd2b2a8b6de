import { OgError } from "./error.ts";

/** The oldest Node that can run this: major and minor version. `engines` of the packages says the same. */
export const OLDEST_NODE = [22, 12] as const;

/**
 * For whoever starts a run: package managers only warn of another `engines`.
 * @throws OgError `E_NODE`
 */
export function checkNode(version?: string): void {
  const error = oldNodeError(version);
  if (error) throw error;
}

/** `E_NODE` where Node is too old. */
export function oldNodeError(version = process.versions.node): OgError | undefined {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined;
  return new OgError("E_NODE", `This is Node ${version}; og-gen needs ${OLDEST_NODE.join(".")} or newer.`, {
    hint: "Install a newer Node; in CI its version is usually set in the workflow, else in .nvmrc or .node-version.",
  });
}
