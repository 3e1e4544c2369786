/** What every command of this repository does with its flags, and with an error: one line for people, and an exit code. */
import { type ParseArgsConfig, parseArgs } from "node:util";

/** Bad flags or a bad environment: the message is one line for people. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Node's `parseArgs`; flags that it does not know are a UsageError. */
export function parseFlags<const T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split(". ")[0]}. --help lists the flags.`);
  }
}

/** A whole number from `min` to `max`, or a UsageError that names the flag. */
export function wholeNumber(flag: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new UsageError(`${flag} takes a whole number from ${min} to ${max}, not "${text}".`);
}

/**
 * Says on stderr what went wrong: `mark` and the error's message, and its stack when DEBUG is set. Returns the exit code:
 * 2 for bad usage, 1 for everything else.
 */
export function complain(mark: string, error: unknown): 1 | 2 {
  process.stderr.write(`${mark} ${error instanceof Error ? error.message : String(error)}\n`);
  if (process.env.DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return error instanceof UsageError ? 2 : 1;
}
