/**
 * The examples in the docstrings of what is public: an export of an entry file, or a type that one of those mentions.
 *
 * Read from the text of the sources, by the shape that the formatter gives them: TypeScript 7 has no API to ask.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const src = fileURLToPath(new URL("../src/", import.meta.url));

/** The text of every source, with its path under `src`. */
export function sources(): Map<string, string> {
  const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  return new Map(files.map((file) => [file, readFileSync(join(src, file), "utf8")]));
}

/** Something public that has a docstring, or should have one. */
export interface Item {
  readonly name: string;
  readonly doc: string | undefined;
  /** A function that the reader calls. One that the reader writes, as in options, is shown where it is handed over. */
  readonly isCalled: boolean;
}

const DOC = String.raw`(?:^ *\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)?`;
const DECLARATION = new RegExp(
  String.raw`${DOC}^export (?:async )?(function|interface|class|type) (\w+)([\s\S]*?)(?:^[})].*\{$|^\}$| \{\n|;\n)`,
  "gm",
);
const MEMBER = new RegExp(String.raw`${DOC}^  (?:readonly )?(\w+)\??(?:<[^>]*>)?(\(|: )(.*)$`, "gm");

interface Declaration extends Item {
  readonly kind: string;
  /** An interface or a class with its members, a function with its signature. */
  readonly text: string;
}

function declarations(text: string): Declaration[] {
  return [...text.matchAll(DECLARATION)].map(({ 1: doc, 2: kind = "", 3: name = "", index, 0: head }) => {
    const hasBody = kind === "interface" || kind === "class";
    const end = hasBody ? text.indexOf("\n}\n", index) + 2 : index + head.length;
    return { name, doc, kind, isCalled: kind === "function", text: text.slice(index, end) };
  });
}

/** Everything public: the exports of `entries` and what their types mention, each with its members. */
export function publicItems(files: ReadonlyMap<string, string>, entries: readonly string[]): Item[] {
  const all = new Map([...files.values()].flatMap(declarations).map((it) => [it.name, it]));
  const exported = entries.flatMap((entry) =>
    [
      ...(files.get(entry) ?? "").matchAll(
        /^export (?:type )?\{([^}]*)\}|^export .*?(?:function|interface) (\w+)/gm,
      ),
    ]
      .flatMap(([, list, one]) => (one ? [one] : (list ?? "").split(",")))
      .map((name) =>
        withoutDocs(name)
          .replace(/^\s*type /, "")
          .trim(),
      ),
  );
  const found = new Set<Declaration>();
  const reach = (name: string): void => {
    const declaration = all.get(name);
    if (declaration === undefined || found.has(declaration)) return;
    found.add(declaration);
    for (const [word] of withoutDocs(declaration.text).matchAll(/\b[A-Z]\w+/g)) reach(word);
  };
  for (const name of exported) {
    if (!all.has(name)) throw new Error(`${name} is exported, and no source declares it`);
    reach(name);
  }
  return [...found].flatMap((declaration) => [declaration, ...members(declaration)]);
}

function withoutDocs(text: string): string {
  return text.replace(/\/\*\*[\s\S]*?\*\//g, "");
}

function members({ kind, name: owner, text }: Declaration): Item[] {
  if (kind !== "interface") return [];
  const body = text.slice(text.indexOf("{\n", text.indexOf("interface ")) + 2);
  return [...body.matchAll(MEMBER)].map(({ 1: doc, 2: name, 3: mark = "", 4: type = "" }) => ({
    name: `${owner}.${name}`,
    doc,
    isCalled: !owner.endsWith("Options") && (mark === "(" || type.startsWith("(")),
  }));
}

export interface Example {
  readonly name: string;
  readonly code: string;
}

export function examples(items: readonly Item[]): Example[] {
  return items.flatMap(({ name, doc = "" }) =>
    doc
      .split("@example")
      .slice(1)
      .map((text) => ({ name, code: text.replace(/^ *\*(?: |$)/gm, "").trim() }))
      .filter(({ code }) => code !== ""),
  );
}

/** What is missing from the docstrings, one line each. */
export function missing(items: readonly Item[]): string[] {
  return items.flatMap((item) => {
    if (item.doc === undefined) return [`${item.name} has no docstring`];
    return item.isCalled && examples([item]).length === 0 ? [`${item.name} has no @example`] : [];
  });
}

/** What an example finds, besides what the package exports. */
const CONTEXT = `
import { AmqpError, connect, deadLetterQueue, type Delivery, type Rabbit } from ${JSON.stringify(join(src, "index.ts"))};
import { type FaultProxy, startFaultProxy } from ${JSON.stringify(join(src, "testing/fault-proxy.ts"))};
interface Context {
  readonly url: string;
  readonly proxy: FaultProxy;
  readonly rabbit: Rabbit;
  check(actual: unknown, expected: unknown): void;
}`;

/** The example as a module whose default export runs it: a line \`expression; // => value\` checks the value. */
function moduleOf({ code }: Example): string {
  const lines = code
    .split("\n")
    .map((line) => line.replace(/^(\s*)(.*); \/\/ => (.*)$/, "$1check(await ($2), $3);"));
  const body = `{\n${lines.join("\n")}\n}`; // A block of its own: an example may name its own \`rabbit\`.
  return `${CONTEXT}\nexport default async ({ url, proxy, rabbit, check }: Context): Promise<void> => {\n${body}\n};\n`;
}

/** Examples as files that can be imported, and what the compiler says of them. */
export interface Written {
  readonly paths: readonly string[];
  readonly complaints: string;
  remove(): void;
}

export function write(all: readonly Example[]): Written {
  const folder = mkdtempSync(join(tmpdir(), "examples-"));
  const paths = all.map((example, index) => {
    const path = join(folder, `${example.name}-${index}.ts`);
    writeFileSync(path, moduleOf(example));
    return path;
  });
  const config = {
    extends: join(root, "tsconfig.base.json"),
    compilerOptions: {
      noUnusedLocals: false,
      noUnusedParameters: false,
      typeRoots: [join(root, "node_modules/@types")],
    },
    files: paths,
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  const compiler = join(
    dirname(createRequire(import.meta.url).resolve("typescript/package.json")),
    "bin/tsc",
  );
  const { stdout } = spawnSync(process.execPath, [compiler, "-p", folder, "--pretty", "false"], {
    encoding: "utf8",
  });
  return { paths, complaints: stdout, remove: () => rmSync(folder, { recursive: true }) };
}
