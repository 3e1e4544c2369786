/** Reads the docstrings of public declarations out of the sources, and makes programs of their examples. */

export interface Declaration {
  readonly name: string;
  readonly kind: string;
  /** The docstring without its stars; empty when there is none. */
  readonly doc: string;
  /** The members of a class or an interface. */
  readonly body: string;
}

/** The names that an index file exports, and the files that declare them. */
export function exportsOf(index: string): [name: string, file: string][] {
  return [...index.matchAll(/^export (?:type )?\{([^}]*)\} from "(.+?)";/gm)].flatMap(
    ([, names = "", file = ""]) =>
      [
        ...names
          .replace(/\/\*\*.*?\*\//g, "")
          .replaceAll("type ", "")
          .matchAll(/\w+/g),
      ].map(([name]): [string, string] => [name, file]),
  );
}

/** Finds `export function name` and the like, with the docstring right above it. */
export function declarationOf(source: string, name: string): Declaration {
  const doc = "(?:/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\n)?";
  const head = `export (?:async )?(function|class|interface|type) ${name}\\b`;
  const found = new RegExp(doc + head).exec(source);
  if (found === null) throw new Error(`no exported declaration of ${name}`);
  const rest = source.slice(found.index + found[0].length);
  return {
    name,
    kind: found[2] ?? "",
    doc: (found[1] ?? "").replace(/^ *\* ?/gm, "").trim(),
    body: /^(class|interface)$/.test(found[2] ?? "") ? rest.slice(0, rest.indexOf("\n}")) : "",
  };
}

/** The code of each `@example`. */
export function examplesIn(doc: string): string[] {
  return [...doc.matchAll(/^@example\n```ts\n([\s\S]*?)\n```/gm)].map(([, code = ""]) => code);
}

/** A type that only names data needs no example: a function that takes or returns it has one. */
function needsExample({ kind, body }: Declaration): boolean {
  return kind === "function" || kind === "class" || (kind === "interface" && /=>|\): /.test(body));
}

export const MEMBER =
  /^ {2}(?!constructor|private|protected|override|declare)(?:readonly |async )*(\w+)\??[:(<]/;

/** What is missing in a public declaration, in words. */
export function gapsIn(declaration: Declaration): string[] {
  const { name, doc, body } = declaration;
  const gaps: string[] = [];
  if (doc === "") gaps.push(`${name} has no docstring`);
  if (!/\bGo\b/.test(doc)) gaps.push(`${name} does not name its counterpart in Go`);
  const examples = examplesIn(doc);
  if (needsExample(declaration) && examples.length === 0) gaps.push(`${name} has no @example`);
  if (examples.some((example) => countResults(example) === 0))
    gaps.push(`${name} has an @example that says no result`);
  const lines = body.split("\n");
  lines.forEach((line, i) => {
    const member = MEMBER.exec(line)?.[1];
    if (member !== undefined && !lines[i - 1]?.endsWith("*/"))
      gaps.push(`${name}.${member} has no docstring`);
  });
  return gaps;
}

/** `expression; // => value` and `statement; // throws "words"`. */
const RESULT = /^( *)(.+); \/\/ (=>|throws) (.+)$/gm;

/** How many results an example says. */
export function countResults(example: string): number {
  return [...example.matchAll(RESULT)].length;
}

/** The example with a check in place of each result that it says. */
export function checkedOf(example: string): string {
  return example.replace(RESULT, (_, indent: string, code: string, mark: string, result: string) =>
    mark === "=>"
      ? `${indent}equals(${code}, ${result});`
      : `${indent}await throws(async () => { ${code}; }, ${result});`,
  );
}

/** The example as a program that checks each result it says and counts the checks. */
export function programOf(example: string, imports: string): string {
  return `${imports}\n${CHECKS}\n${checkedOf(example)}\n`;
}

const CHECKS = `import { expect } from "vitest";
export let checks = 0;
function equals(value: unknown, result: unknown): void {
  checks++;
  expect(value).toEqual(result);
}
async function throws(code: () => Promise<void>, words: string): Promise<void> {
  checks++;
  await expect(code()).rejects.toThrow(words);
}
`;
