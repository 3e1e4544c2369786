/**
 * The outside of every program: its flags, its help, its errors and its end.
 *
 * 1. An error is one line on stderr, `name: message`, wherever it comes from. DEBUG in the environment adds its stack.
 * 2. Exit code: what main resolves with, else `process.exitCode`, else 0; 2 for a UsageError, 1 for every other error.
 * 3. What main has written is read before the process ends. A reader that has seen enough (`| head`) is a good end.
 */
import { inspect } from "node:util";
import { errorLine } from "./error-line.ts";
import { type Options, type Positionals, parseFlags, type Values } from "./flags.ts";
import { UsageError } from "./usage-error.ts";

export interface Program<T extends Options> {
  /** Stands before every error. A function is asked when there is an error to tell. */
  readonly name: string | (() => string);
  /** What --help and -h print. */
  readonly usage: string;
  readonly options?: T;
  /** Default "none". */
  readonly positionals?: Positionals;
  /** Gives a better error for one that can be expected: a UsageError, or one with advice. */
  readonly explain?: (error: unknown) => unknown;
  /** The process ends when it resolves, whatever still runs, as in Go. */
  readonly main: (
    values: Values<T>,
    positionals: string[],
    // biome-ignore lint/suspicious/noConfusingVoidType: most programs return nothing.
  ) => Promise<number | void> | number | void;
}

/**
 * Runs a program on this process's arguments, and ends the process. Never rejects.
 *
 * ```ts
 * await program({
 *   name: "greet",
 *   usage: "greet [--times N] NAME",
 *   options: { times: { type: "string", default: "1" } },
 *   positionals: "words",
 *   main({ times }, [name]) {
 *     if (name === undefined) throw new UsageError("Greet whom? For example: greet Ann");
 *     for (let left = wholeNumber("--times", times, 1, 9); left > 0; left--) console.log(`Hello, ${name}!`);
 *   },
 * });
 * ```
 */
export async function program<const T extends Options = Record<never, never>>(it: Program<T>): Promise<void> {
  const tell = (error: unknown): 1 | 2 => {
    const explained = it.explain?.(error) ?? error;
    const name = typeof it.name === "string" ? it.name : it.name();
    process.stderr.write(`${name}: ${errorLine(explained)}\n`);
    if (process.env.DEBUG) process.stderr.write(`${inspect(explained)}\n`);
    return explained instanceof UsageError ? 2 : 1;
  };
  // Nobody waits for what threw these: the program is in no known state, and must not go on.
  process.on("uncaughtException", (error) => process.exit(tell(error)));
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error) => process.exit("code" in error && error.code === "EPIPE" ? 0 : tell(error)));
  try {
    const { values, positionals, help } = parseFlags(
      process.argv.slice(2),
      it.options ?? ({} as T),
      it.positionals,
    );
    if (help) process.stdout.write(`${it.usage.trimEnd()}\n`);
    await end(help ? 0 : ((await it.main(values, positionals)) ?? undefined));
  } catch (error) {
    await end(tell(error));
  }
}

/** `process.exit` alone would lose what a pipe has not taken yet. */
async function end(code: number | undefined): Promise<never> {
  for (const stream of [process.stdout, process.stderr])
    await new Promise<void>((resolve) => stream.write("", () => resolve()));
  process.exit(code ?? process.exitCode);
}
