/** Reads a command line: Node's `parseArgs` with lines for people, and with a command that takes its own flags. */
import { type ParseArgsConfig, parseArgs } from "node:util";
import { UsageError } from "./usage-error.ts";

/** A program's flags, as `parseArgs` takes them. */
export type Options = NonNullable<ParseArgsConfig["options"]>;

/** The values of these flags. */
export type Values<T extends Options> = ReturnType<typeof parseArgs<{ options: T }>>["values"];

/**
 * What a program does with words that are no flags. "none": they are errors. "words": they may come between the flags. "rest": from
 * the first word or unknown flag on, all belongs to another command, and is passed on as it is.
 */
export type Positionals = "none" | "words" | "rest";

export interface CommandLine<T extends Options> {
  readonly values: Values<T>;
  readonly positionals: string[];
  /** --help or -h was given. Then nothing is checked, and the values have no meaning. */
  readonly help: boolean;
}

const HELP = { help: { type: "boolean", short: "h" } } as const;

/** Throws UsageError. A leading "--" is dropped: npm does that, and pnpm hands it on. */
export function parseFlags<const T extends Options>(
  args: readonly string[],
  options: T,
  positionals: Positionals = "none",
): CommandLine<T> {
  const words = args[0] === "--" ? args.slice(1) : args;
  const known = { ...options, ...HELP };
  const parse = (some: readonly string[]) =>
    parseArgs({ args: [...some], options: known, strict: false, allowPositionals: true, tokens: true });
  const foreign =
    positionals === "rest" &&
    parse(words).tokens.find((token) => token.kind !== "option" || !Object.hasOwn(known, token.name));
  const parsed = parse(foreign ? words.slice(0, foreign.index) : words);
  const rest = foreign ? words.slice(foreign.index + (foreign.kind === "option-terminator" ? 1 : 0)) : [];
  const help = parsed.tokens.some((token) => token.kind === "option" && token.name === "help");
  if (!help) for (const token of parsed.tokens) check(token, known, positionals);
  // Now they are what strict parsing would have given.
  return { values: parsed.values as Values<T>, positionals: [...parsed.positionals, ...rest], help };
}

type Token = NonNullable<ReturnType<typeof parseArgs<{ tokens: true; strict: false }>>["tokens"]>[number];

function check(token: Token, options: Options, positionals: Positionals): void {
  if (token.kind === "positional" && positionals === "none")
    throw new UsageError(`Only flags are taken here, not "${token.value}". --help lists them.`);
  if (token.kind !== "option") return;
  const { rawName: flag, name, value, inlineValue } = token;
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (!option) throw new UsageError(`There is no flag ${flag}. --help lists the flags.`);
  if (option.type === "boolean") {
    if (value === undefined) return;
    throw new UsageError(`${flag} takes no value: leave "=${value}" out.`);
  }
  if (value === undefined) throw new UsageError(`${flag} needs a value: ${flag}=…`);
  if (!inlineValue && /^-./.test(value))
    throw new UsageError(`${flag} needs a value. If "${value}" is the value, write ${flag}=${value}`);
}

/** A whole number from `min` to `max`, or a UsageError that names the flag. */
export function wholeNumber(flag: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new UsageError(`${flag} takes a whole number from ${min} to ${max}, not "${text}".`);
}
