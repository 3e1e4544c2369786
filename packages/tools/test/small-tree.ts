/** A small repository in a folder of its own, all true, for the tests to break one thing at a time. */
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { FillOptions } from "../src/bodies.ts";
import { check } from "../src/check.ts";
import { format } from "../src/problem.ts";
import { sync } from "../src/sync.ts";
import { read } from "../src/tree.ts";

const worker = `import { something } from "./other.ts";

// #region loop
for (const job of jobs) {
  // #region step
  paint(job);
  // #endregion step
}
// #endregion loop
`;

const chapter = `# First

\`pnpm --filter basics start one\` starts it.

<!-- run pnpm -s --filter basics start one -->
<!-- end -->

<!-- code packages/v1/src/worker.ts#loop -->
<!-- end -->

<!-- diff packages/v1/src/worker.ts packages/v2/src/worker.ts -->
<!-- end -->

<!-- test packages/basics/test/one.test.ts "one is one" -->
<!-- end -->

The [same in the README](../README.md#small).

${"A line of text.\n\n".repeat(15)}
<!-- nav -->
<!-- end -->
`;

const book = {
  complete: true,
  chapters: [
    {
      slug: "first",
      title: "First",
      package: "basics",
      start: "pnpm --filter basics start one",
      tests: ["packages/basics/test/one.test.ts"],
    },
  ],
  pages: ["docs/glossary.md"],
};

const glossary = `# Glossary

## Words we do not use

| Never | Instead |
| --- | --- |
| broker channel | write "AMQP channel" |
| \`workerId\` | write \`consumerId\` |
`;

const manifest = (name: string, more: object = {}) => JSON.stringify({ name: `@small/${name}`, ...more });

const files: Record<string, string> = {
  "package.json": JSON.stringify({ name: "small", scripts: { start: "node packages/basics/src/main.mjs" } }),
  "README.md": "# Small\n\n<!-- chapters -->\n<!-- end -->\n",
  "docs/chapters.json": JSON.stringify(book, null, 2),
  "docs/glossary.md": glossary,
  "docs/plain-words.txt": "channel text type workerid\n",
  "docs/first.md": chapter,
  "packages/basics/package.json": manifest("basics", { scripts: { start: "node src/main.mjs" } }),
  "packages/basics/src/main.mjs": 'console.log("program", process.argv[2]);\n',
  "packages/basics/test/one.test.ts": 'describe("numbers", () => {\n  it("one is one", () => {});\n});\n',
  "packages/v1/package.json": manifest("v1"),
  "packages/v1/src/worker.ts": worker,
  "packages/v2/package.json": manifest("v2"),
  "packages/v2/src/worker.ts": worker.replace("paint(job);", "repaint(job);"),
  "packages/v2/stage.json": JSON.stringify({ from: "v1", regions: ["step"], linesMax: 2 }),
};

export interface SmallTree extends Disposable {
  readonly root: string;
  read(path: string): string;
  write(path: string, text: string): void;
  remove(path: string): void;
  /** Replaces `old`, which must be there, so that no test breaks less than it means to. */
  edit(path: string, old: string, fresh: string): void;
  /** The problems of docs:check, one string each. */
  problems(options?: FillOptions): Promise<string[]>;
  sync(): Promise<readonly string[]>;
}

let model: Promise<SmallTree> | undefined;

/**
 * A small repository with filled documents. Removed at the end of the block that uses it. The first one is kept as the
 * model of the others: what its commands printed comes along with it and is not run again.
 */
export async function smallTree(): Promise<SmallTree> {
  model ??= firstTree();
  const tree = emptyTree();
  cpSync((await model).root, tree.root, { recursive: true });
  return tree;
}

/** For after all tests of a file; the next file makes another one. */
export async function removeModel(): Promise<void> {
  const last = await model;
  model = undefined;
  last?.[Symbol.dispose]();
}

async function firstTree(): Promise<SmallTree> {
  const tree = emptyTree();
  for (const [path, text] of Object.entries(files)) tree.write(path, text);
  await tree.sync();
  return tree;
}

function emptyTree(): SmallTree {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "small-tree-")));
  const tree: SmallTree = {
    root,
    read: (path) => read(root, path),
    write(path, text) {
      mkdirSync(join(root, dirname(path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    remove: (path) => rmSync(join(root, path)),
    edit(path, old, fresh) {
      const text = read(root, path);
      if (!text.includes(old)) throw new Error(`${path} has no ${JSON.stringify(old)}`);
      tree.write(path, text.replace(old, fresh));
    },
    async problems(options) {
      return (await check(root, options)).problems.map(format);
    },
    async sync() {
      const { written, problems } = await sync(root);
      return [...written, ...problems.map(format)];
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
  return tree;
}
