/** Every public declaration says what it does, and every example in a docstring is a program that holds. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const here = fileURLToPath(new URL("..", import.meta.url));
/** Here the examples are written as programs. */
const folder = `${here}.cache/examples/`;
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const HEAD = `import { expect } from "vitest";
import { Quick as PGlite } from "../../test/support/pglite.ts";
import { checkFence } from "../../src/check/index.ts";
import { fence } from "../../src/index.ts";
export let checks = 0;
`;
/** \`expression; // => value\` and \`statement; // throws "words"\`. */
const RESULT = /^(.+); \/\/ (=>|throws) (.+)$/gm;

/** Runs an example, and answers how many results of it held. */
async function run(name: string, example: string): Promise<number> {
  const checked = example.replace(RESULT, (_, code: string, mark: string, result: string) =>
    mark === "=>"
      ? `expect(${code}).toEqual(${result}); checks++;`
      : `await expect(async () => { ${code}; }).rejects.toThrow(${result}); checks++;`,
  );
  const path = `${folder}${name}.ts`;
  writeFileSync(path, `${HEAD}${checked}\n`);
  return (await import(/* @vite-ignore */ path)).checks;
}

const sources = readdirSync(`${here}src`, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => readFileSync(`${here}src/${file}`, "utf8"));

const examples = sources
  .flatMap((source) => [...source.matchAll(/@example\n \* ```ts\n([\s\S]*?)\n \* ```/g)])
  .map(([, code = ""]) => code.replace(/^ \* ?/gm, ""))
  .map((example, number) => ({ number, example }));

test("there are examples", () => {
  expect(examples.length).toBeGreaterThan(1);
});

test.each(examples)("example $number holds", async ({ number, example }) => {
  const results = [...example.matchAll(RESULT)].length;
  expect(results).toBeGreaterThan(0);
  expect(await run(String(number), example)).toBe(results);
});

test("planted: an example that says a wrong value, or an error that does not come, fails", async () => {
  await expect(run("wrong", "1 + 1; // => 3")).rejects.toThrow("expected 2 to deeply equal 3");
  await expect(run("quiet", 'await 1; // throws "no"')).rejects.toThrow("resolved");
});

/** What an entry exports, from where it stands or from another file. */
const publicNames = ["index.ts", "sql.ts", "check/index.ts"].flatMap((entry) => {
  const text = readFileSync(`${here}src/${entry}`, "utf8").replace(/\/\*\*.*?\*\/ /g, "");
  const passedOn = [...text.matchAll(/^export (?:type )?\{(.*?)\} from/gm)].flatMap(([, list = ""]) =>
    list.split(",").map((name) => name.replace("type ", "").trim()),
  );
  const own = [...text.matchAll(/^export (?:async )?(?:function|const|interface) (\w+)/gm)];
  return [...passedOn, ...own.map(([, name = ""]) => name)];
});

function isDocumented(name: string, among: readonly string[]): boolean {
  const declared = `(?:\\*/|// #region ${name})\nexport (?:async )?(?:function|class|interface|type|const) ${name}\\b`;
  return among.some((source) => new RegExp(declared).test(source));
}

test.each(publicNames)("%s has a docstring", (name) => {
  expect(isDocumented(name, sources)).toBe(true);
});

test("planted: an export without a docstring is seen", () => {
  expect(isDocumented("bare", ["/** Said. */\nexport function bare() {}"])).toBe(true);
  expect(isDocumented("bare", ["\nexport function bare() {}"])).toBe(false);
});
