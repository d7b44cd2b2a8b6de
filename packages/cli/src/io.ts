/** What the command line asks of a stream. */
export interface Output {
  write(text: string): unknown;
  /** Whether a person looks at it. */
  readonly isTTY?: boolean | undefined;
  /** Width of the terminal in characters. */
  readonly columns?: number | undefined;
}

/** All that `run` sees of the process that it runs in. */
export interface Io {
  /** Absolute; relative paths on the command line start here. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What was asked for: the summary, the plan, the help; with `--json` on stdout the JSON and nothing else. */
  readonly stdout: Output;
  /** What happens on the way: progress, errors, warnings, GitHub's annotations. */
  readonly stderr: Output;
  /** Ends the run early; its reason is the name of the signal that came, `SIGINT` or `SIGTERM`. */
  readonly signal?: AbortSignal | undefined;
}
