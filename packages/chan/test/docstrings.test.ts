/** Every public declaration says what it does, and every example in a docstring is a program that holds. */

import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { countResults, declarationOf, gapsIn, programOf } from "./docstrings.ts";
import { declarations, examples, imports } from "./public-examples.ts";

const here = fileURLToPath(new URL("..", import.meta.url));
/** Here the examples are written as programs. */
const folder = `${here}.cache/examples/`;

/** Numbers the files, since some names differ only in case. */
let files = 0;
function write(name: string, example: string): string {
  const path = `${folder}${++files}-${name}.ts`;
  writeFileSync(path, programOf(example, imports));
  return path;
}

async function run(path: string): Promise<number> {
  return (await import(/* @vite-ignore */ path)).checks;
}

/** What the compiler says of all examples that are written. */
function compile(): string {
  const tsc = `${here}node_modules/.bin/tsc`;
  return spawnSync(tsc, ["-p", folder], { encoding: "utf8" }).stdout;
}

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const compilerOptions = { noUnusedLocals: false };
  writeFileSync(
    `${folder}tsconfig.json`,
    JSON.stringify({ extends: "../../../../tsconfig.base.json", compilerOptions, include: ["*.ts"] }),
  );
});

test.each(declarations)("the docstring of $name is whole", (declaration) => {
  expect(gapsIn(declaration)).toEqual([]);
});

test.each(examples)("the example of $name holds", async ({ name, example }) => {
  expect(await run(write(name, example))).toBe(countResults(example));
});

test("the examples compile, and one with a wrong type does not", () => {
  expect(compile()).toBe("");
  const path = write("wrong-type", "const c: Chan<string> = chan<number>();\nc.len; // => 0");
  expect(compile()).toMatch(/wrong-type\.ts\(\d+,\d+\): error TS2322/);
  rmSync(path);
});

test("an example that says a wrong value, or an error that does not come, fails", async () => {
  const c = "const c = chan<number>(1);\n";
  expect(await run(write("right", `${c}await c.send(7);\nawait c.recv(); // => [7, true]`))).toBe(1);
  const wrong = run(write("wrong-value", `${c}await c.send(7);\nawait c.recv(); // => [8, true]`));
  await expect(wrong).rejects.toThrow("to deeply equal [ 8, true ]");
  const quiet = run(write("no-error", `${c}c.close(); // throws "close of closed channel"`));
  await expect(quiet).rejects.toThrow("resolved");
});

test("an export without docstring, example, result, counterpart in Go or docstrings of its members is named", () => {
  const source = `
/** Go: \`f\`. */
export function f(): void {}

export function g(): void {}

/**
 * As in Go.
 *
 * @example
 * \`\`\`ts
 * h();
 * \`\`\`
 */
export function h(): void {}

/** A type of Go's. */
export interface Data {
  /** A number. */
  readonly a: number;
  readonly b: number;
}
`;
  expect(["f", "g", "h", "Data"].flatMap((name) => gapsIn(declarationOf(source, name)))).toEqual([
    "f has no @example",
    "g has no docstring",
    "g does not name its counterpart in Go",
    "g has no @example",
    "h has an @example that says no result",
    "Data.b has no docstring",
  ]);
  expect(() => declarationOf(source, "i")).toThrow("no exported declaration of i");
});
