import { afterAll, describe, expect, it } from "vitest";
import { check } from "../src/check.ts";
import { format } from "../src/problem.ts";
import { sync } from "../src/sync.ts";
import { removeModel, type SmallTree, smallTree } from "./small-tree.ts";

afterAll(removeModel);

describe("a tree that is true", () => {
  it("has no problem", async () => {
    using tree = await smallTree();
    expect(await tree.problems()).toEqual([]);
  });

  it("is not written again by a second sync", async () => {
    using tree = await smallTree();
    expect(await tree.sync()).toEqual([]);
  });
});

describe("a table", () => {
  const runs =
    "# Runs\n\n| v1 | wrong |\n| --- | --- |\n| none | 3 |\n| **all** | **7** |\n\n| v2 | wrong |\n| --- | --- |\n| **all** | **2** |\n";
  const shown = "<!-- table docs/runs.txt v1/all, v2/all -->\n<!-- end -->\n\n<!-- nav -->";

  it("shows the rows that a run has written down, and is stale after another run", async () => {
    using tree = await smallTree();
    tree.write("docs/runs.txt", runs);
    tree.edit("docs/first.md", "<!-- nav -->", shown);
    await tree.sync();
    expect(tree.read("docs/first.md")).toContain("|  | wrong |\n| --- | --- |\n| v1 | 7 |\n| v2 | 2 |\n");
    tree.edit("docs/runs.txt", "**7**", "**8**");
    expect(await tree.problems()).toEqual([
      expect.stringContaining(
        'stale table docs/runs.txt v1/all, v2/all: it shows "| v1 | 7 |", now it is "| v1 | 8 |": run pnpm docs:sync',
      ),
    ]);
  });

  it("leaves a cell empty where a table does not have the column yet", async () => {
    using tree = await smallTree();
    const wide = "| v2 | right | wrong |\n| --- | --- | --- |\n| **all** | **5** | **2** |\n";
    tree.write("docs/runs.txt", runs.replace(/\| v2.*/s, wide));
    tree.edit("docs/first.md", "<!-- nav -->", shown);
    await tree.sync();
    expect(tree.read("docs/first.md")).toContain(
      "|  | right | wrong |\n| --- | --- | --- |\n| v1 |  | 7 |\n| v2 | 5 | 2 |\n",
    );
  });

  it("names the row that is not there", async () => {
    using tree = await smallTree();
    tree.write("docs/runs.txt", runs);
    tree.edit("docs/first.md", "<!-- nav -->", shown.replace("v2/all", "v2/none"));
    expect((await tree.problems()).join("\n")).toContain('docs/runs.txt has no row "none" in a table "v2"');
  });
});

describe("plain English in a chapter", () => {
  const say = (tree: SmallTree, prose: string) => tree.edit("docs/first.md", "A line of text.", prose);

  it("has sentences of at most 25 words; code counts as one, and a mark with a space ends a sentence", async () => {
    const words = (n: number) => Array(n).fill("word").join(" ");
    for (const prose of [
      `So ${words(24)}.`,
      `So \`a b c d\` ${words(23)}.`,
      `So ${words(20)}. And ${words(20)}! "A ${words(20)}?" Yes.`,
      `| ${words(20)} | ${words(20)} |`,
    ]) {
      using tree = await smallTree();
      say(tree, prose);
      expect(await tree.problems()).toEqual([]);
    }
    for (const prose of [
      `So ${words(25)}.`,
      `So ${words(15)}: ${words(15)}.`,
      `- So ${words(15)}\n  ${words(15)}.`,
    ]) {
      using tree = await smallTree();
      say(tree, prose);
      expect(await tree.problems()).toEqual([
        expect.stringMatching(
          /^docs\/first\.md:41: a sentence of \d+ words, "So word word word …": make two/,
        ),
      ]);
    }
  });

  it("has common words and their forms, words of the glossary, and those of the list", async () => {
    using tree = await smallTree();
    tree.write("docs/plain-words.txt", "# words\ntext durable hypervisor # and why\n");
    say(
      tree,
      "The bigger dogs are happily running; don’t stop a durable hypervisor's PURPLE v2 RabbitMQ `ennui`.",
    );
    expect(await tree.problems()).toEqual([]);
    say(tree, "A line of text. It is an ephemeral\nsemaphore.");
    expect(await tree.problems()).toEqual([
      'docs/first.md:43: "ephemeral" is a rare word: write a common one, or add it to docs/plain-words.txt when there is none',
      'docs/first.md:44: "semaphore" is a rare word: write a common one, or add it to docs/plain-words.txt when there is none',
    ]);
    tree.edit("docs/glossary.md", "# Glossary\n", "# Glossary\n\n| semaphore | counts |\n");
    expect(await tree.problems()).toHaveLength(1);
  });

  it("is asked of what people wrote, not of what a program did, and not of other pages", async () => {
    using tree = await smallTree();
    tree.edit("packages/basics/test/one.test.ts", "one is one", "an ephemeral ennui");
    tree.edit("docs/first.md", "one is one", "an ephemeral ennui");
    tree.write("README.md", `${tree.read("README.md")}\nAn ephemeral ennui.\n`);
    await tree.sync();
    expect(await tree.problems()).toEqual([]);
  });
});

describe("what a program prints", () => {
  it("is stale when the program prints something else", async () => {
    using tree = await smallTree();
    tree.edit("packages/basics/src/main.mjs", "program", "programme");
    expect(await tree.problems()).toEqual([
      'docs/first.md:8: stale run pnpm -s --filter basics start one: it shows "program one", now it is "programme one": run pnpm docs:sync',
    ]);
    expect(await tree.sync()).toEqual(["docs/first.md"]);
    expect(await tree.problems()).toEqual([]);
  });

  it("is asked only for what was never recorded, where commands are to stay", async () => {
    using tree = await smallTree();
    tree.edit("packages/basics/src/main.mjs", "program", "programme");
    expect(await tree.problems({ runs: false })).toEqual([]);
    tree.edit("docs/first.md", "program one", "another one");
    tree.edit("docs/first.md", "$ pnpm -s --filter basics start one", "$ something else");
    expect(await tree.problems({ runs: false })).toEqual([expect.stringContaining("stale run")]);
  });

  it("shows an exit code that is not zero", async () => {
    using tree = await smallTree();
    tree.edit("packages/basics/src/main.mjs", ";", "; process.exitCode = 3;");
    await tree.sync();
    expect(tree.read("docs/first.md")).toContain("program one\n[exit code 3]\n```");
  });

  it("is asked again when an installation has linked a package that it had missed", async () => {
    using tree = await smallTree();
    const import_ = 'import "@shirts/other";\n';
    tree.write("packages/basics/src/main.mjs", import_ + tree.read("packages/basics/src/main.mjs"));
    expect(await tree.problems()).toEqual([expect.stringContaining("fails with exit code 1")]);
    tree.write("packages/basics/node_modules/@shirts/other/package.json", '{ "exports": "./index.mjs" }');
    tree.write("packages/basics/node_modules/@shirts/other/index.mjs", "");
    expect(await tree.problems()).toEqual([]);
  });

  it("holds no path of the machine", async () => {
    using tree = await smallTree();
    tree.edit("packages/basics/src/main.mjs", '"program"', "process.cwd()");
    expect(await tree.problems()).toEqual([
      'docs/first.md:5: "pnpm -s --filter basics start one" prints a path of this machine: let it print paths from the repository\'s root',
    ]);
  });

  it("is kept where it is marked once, until the command is another", async () => {
    using tree = await smallTree();
    tree.edit("docs/first.md", "<!-- run pnpm", "<!-- run once pnpm");
    tree.edit("packages/basics/src/main.mjs", "program", "programme");
    expect(await tree.problems()).toEqual([]);
    tree.edit("docs/first.md", "start one -->", "start two -->");
    expect(await tree.problems()).toEqual([
      'docs/first.md:7: stale run once pnpm -s --filter basics start two: it shows "$ pnpm -s --filter basics start one", now it is "$ pnpm -s --filter basics start two": run pnpm docs:sync',
    ]);
  });

  it("is compared also where it is marked once, when all is asked for", async () => {
    using tree = await smallTree();
    tree.edit("docs/first.md", "<!-- run pnpm", "<!-- run once pnpm");
    tree.edit("packages/basics/src/main.mjs", "program", "programme");
    const { problems } = await check(tree.root, { all: true });
    expect(problems.map(format)).toHaveLength(1);
  });

  const talk = "\nconsole.log('  head\\n\\n1  scene\\n  line\\n\\n  Next: more');\n";
  const shownIn = (text: string) => /```console\n([^`]*)```/.exec(text)?.[1];

  it("is cut where the directive says, also what was recorded before", async () => {
    for (const once of ["", "once "]) {
      using tree = await smallTree();
      tree.write("packages/basics/src/main.mjs", tree.read("packages/basics/src/main.mjs") + talk);
      tree.edit("docs/first.md", "<!-- run pnpm", `<!-- run ${once}pnpm`);
      const rerun = { all: true };
      await sync(tree.root, [], rerun);
      expect(shownIn(tree.read("docs/first.md"))).toContain("head");
      tree.edit("docs/first.md", `run ${once}pnpm`, `run ${once}from "1  scene" before "Next:" pnpm`);
      expect(await tree.problems()).toHaveLength(1);
      await tree.sync();
      expect(shownIn(tree.read("docs/first.md"))).toBe(
        "$ pnpm -s --filter basics start one\n…\n1  scene\n  line\n…\n",
      );
      expect(await tree.problems()).toEqual([]);
      expect((await check(tree.root, rerun)).problems).toEqual([]);
    }
  });

  it("is not cut at a text that no line has", async () => {
    using tree = await smallTree();
    tree.edit("docs/first.md", "run pnpm", 'run from "nothing" pnpm');
    expect(await tree.problems()).toEqual([
      'docs/first.md:5: no line of the output has "nothing": correct from',
    ]);
    tree.edit("docs/first.md", "from", "before");
    expect((await tree.problems()).join()).toContain("correct before");
  });

  it("needs a script that exists", async () => {
    using tree = await smallTree();
    tree.edit(
      "docs/first.md",
      "<!-- run pnpm -s --filter basics start one",
      "<!-- run pnpm -s --filter basics begin one",
    );
    expect(await tree.problems()).toEqual([
      'docs/first.md:5: "pnpm -s --filter basics begin one": packages/basics/package.json has no script "begin": add it there or correct the command',
    ]);
  });
});

describe("code and diffs", () => {
  it("are stale when the source changes", async () => {
    using tree = await smallTree();
    for (const stage of ["v1", "v2"]) tree.edit(`packages/${stage}/src/worker.ts`, "const job", "const task");
    expect(await tree.problems()).toEqual([
      'docs/first.md:16: stale code packages/v1/src/worker.ts#loop: it shows "for (const job of jobs) {", now it is "for (const task of jobs) {": run pnpm docs:sync',
      'docs/first.md:28: stale diff packages/v1/src/worker.ts packages/v2/src/worker.ts: it shows " for (const job of jobs) {", now it is " for (const task of jobs) {": run pnpm docs:sync',
    ]);
  });

  it("are stale when somebody types between the lines", async () => {
    using tree = await smallTree();
    tree.edit("docs/first.md", "-  paint(job);", "-  pain(job);");
    expect(await tree.problems()).toEqual([
      'docs/first.md:29: stale diff packages/v1/src/worker.ts packages/v2/src/worker.ts: it shows "-  pain(job);", now it is "-  paint(job);": run pnpm docs:sync',
    ]);
  });

  it("are to be filled in when nothing stands there yet", async () => {
    using tree = await smallTree();
    tree.edit(
      "docs/first.md",
      /<!-- nav -->[\s\S]*/.exec(tree.read("docs/first.md"))?.[0] ?? "",
      "<!-- nav -->\n<!-- end -->\n",
    );
    expect(await tree.problems()).toEqual(["docs/first.md:72: empty nav: run pnpm docs:sync"]);
  });

  it("need a file and a region that exist", async () => {
    using tree = await smallTree();
    tree.edit("docs/first.md", "worker.ts#loop", "worker.ts#lop");
    tree.edit("docs/first.md", "<!-- diff packages/v1", "<!-- diff packages/v0");
    expect(await tree.problems()).toEqual([
      'docs/first.md:12: packages/v1/src/worker.ts has no region "lop": mark it there, or correct the name',
      "docs/first.md:22: packages/v0/src/worker.ts does not exist: correct the path",
      'packages/v1/src/worker.ts:3: no document shows region "loop": show it, or take its markers out',
      'packages/v1/src/worker.ts:5: no document shows region "step": show it, or take its markers out',
    ]);
  });

  it("come from regions that close, once, in order", async () => {
    using tree = await smallTree();
    tree.edit("packages/v1/src/worker.ts", "// #endregion loop", "// #endregion lop");
    expect(await tree.problems()).toEqual([
      'docs/first.md:12: packages/v1/src/worker.ts has no region "loop": mark it there, or correct the name',
      'packages/v1/src/worker.ts:9: #endregion "lop" comes here while "loop" is the innermost open one: close regions in reverse order',
      'packages/v1/src/worker.ts:3: region "loop" is never closed: add "#endregion loop"',
    ]);
  });

  it("show every region somewhere", async () => {
    using tree = await smallTree();
    tree.write("packages/basics/src/extra.ts", "// #region extra\nrun();\n// #endregion extra\n");
    expect(await tree.problems()).toEqual([
      'packages/basics/src/extra.ts:1: no document shows region "extra": show it, or take its markers out',
    ]);
  });
});

describe("laws", () => {
  it("need a test of that title", async () => {
    using tree = await smallTree();
    tree.edit("packages/basics/test/one.test.ts", "one is one", "one is two");
    expect(await tree.problems()).toEqual([
      'docs/first.md:35: packages/basics/test/one.test.ts has no test "one is one": correct the title, or write the test',
    ]);
  });

  it("of many values show no sign of the test's language", async () => {
    using tree = await smallTree();
    tree.edit("packages/basics/test/one.test.ts", "one is one", "%i is %s");
    tree.edit("docs/first.md", '"one is one"', '"%i is %s"');
    await tree.sync();
    expect(tree.read("docs/first.md")).toContain("- **Law:** … is … ([one.test.ts]");
  });

  it("are not the title of a describe", async () => {
    using tree = await smallTree();
    tree.edit("docs/first.md", '"one is one"', '"numbers"');
    expect(await tree.problems()).toEqual([
      'docs/first.md:35: packages/basics/test/one.test.ts has no test "numbers": correct the title, or write the test',
    ]);
  });
});

describe("the text around", () => {
  it("has no dead link and no dead anchor", async () => {
    using tree = await smallTree();
    tree.edit("docs/first.md", "../README.md#small", "../README.md#smal");
    tree.edit("docs/first.md", "A line of text.", 'See [the second](second.md) and <img src="no.svg">.');
    expect(await tree.problems()).toEqual([
      'docs/first.md:39: dead anchor "../README.md#smal": README.md has no such heading: it has small',
      'docs/first.md:41: dead link "second.md": there is no docs/second.md: correct or remove it',
      'docs/first.md:41: dead link "no.svg": there is no docs/no.svg: correct or remove it',
    ]);
  });

  it("has no fence by hand, unless a sketch says why", async () => {
    using tree = await smallTree();
    tree.edit("docs/first.md", "A line of text.", "```ts\nchan();\n```");
    expect(await tree.problems()).toEqual([
      "docs/first.md:41: a fence without a directive: take it from a file (code, diff) or a program (run), or say why not (sketch)",
    ]);
    tree.edit(
      "docs/first.md",
      "```ts\nchan();\n```",
      "<!-- sketch: no such program -->\n```ts\nchan();\n```\n<!-- end -->",
    );
    expect(await tree.problems()).toEqual([]);
  });

  it("may list commands to type in a README, and they exist", async () => {
    using tree = await smallTree();
    tree.edit("README.md", "# Small\n", "# Small\n\n    npm start\n    npm stop\n");
    expect(await tree.problems()).toEqual([
      'README.md:4: "npm stop": package.json has no script "stop": add it there or correct the command',
    ]);
    tree.edit("README.md", "    npm stop\n", "    chan.close();\n");
    expect(await tree.problems()).toEqual([
      "README.md:3: a fence without a directive: take it from a file (code, diff) or a program (run), or say why not (sketch)",
    ]);
  });

  it("has no Go in a sketch", async () => {
    using tree = await smallTree();
    tree.edit("docs/first.md", "A line of text.", "<!-- sketch: Go -->\n```go\nx := 1\n```\n<!-- end -->");
    expect(await tree.problems()).toEqual([
      "docs/first.md:42: Go in a sketch: put it in packages/*/go/*.go, where go vet reads it, and show it with code",
    ]);
  });

  it("has one title", async () => {
    using tree = await smallTree();
    tree.edit("docs/first.md", "A line of text.", "# Second");
    tree.edit("docs/glossary.md", "# Glossary\n", "");
    expect(await tree.problems()).toEqual([
      'docs/first.md:41: a second title: use "## " below the first',
      'docs/glossary.md:1: no title: begin with one "# " heading',
    ]);
  });

  it("names only commands whose script exists", async () => {
    using tree = await smallTree();
    tree.edit(
      "docs/first.md",
      "A line of text.",
      "Type `pnpm --filter v1 start`, then `npm start` and `pnpm --filter v9 start`.",
    );
    expect(await tree.problems()).toEqual([
      'docs/first.md:41: "pnpm --filter v1 start": packages/v1/package.json has no script "start": add it there or correct the command',
      'docs/first.md:41: "pnpm --filter v9 start": no package is called "v9": correct --filter',
    ]);
  });

  it("uses no word of the glossary's last table", async () => {
    using tree = await smallTree();
    tree.edit(
      "docs/first.md",
      "A line of text.",
      "A Broker channel has a `workerId`, a workerid is nothing.",
    );
    expect(await tree.problems()).toEqual([
      'docs/first.md:41: "broker channel" is not our word: write "AMQP channel" (docs/glossary.md)',
      'docs/first.md:41: "workerId" is not our word: write `consumerId` (docs/glossary.md)',
    ]);
  });

  it("closes its directives and knows them", async () => {
    using tree = await smallTree();
    tree.edit("README.md", "<!-- chapters -->", "<!-- chapter -->");
    tree.edit(
      "docs/first.md",
      /<!-- nav -->[\s\S]*/.exec(tree.read("docs/first.md"))?.[0] ?? "",
      "<!-- nav -->\n",
    );
    expect(await tree.problems()).toEqual([
      'README.md:3: no directive is called "chapter": use code, diff, run, test, table, nav, chapters, stages, graph, sketch, or note: for a remark',
      "README.md:7: <!-- end --> closes nothing: take it out, or write the directive above it",
      "docs/first.md:72: the nav directive is never closed: add <!-- end --> below it",
      "docs/first.md:1: no nav directive: add <!-- nav --> and <!-- end --> at its end",
    ]);
  });
});

describe("a chapter", () => {
  it("is short enough for one sitting, and long enough to explain", async () => {
    using tree = await smallTree();
    tree.edit("docs/first.md", "A line of text.\n", "A line of text.\n".repeat(150));
    expect(await tree.problems()).toEqual([
      "docs/first.md:221: 223 lines: a chapter has at most 220: show less, or split it",
    ]);
    tree.edit("docs/first.md", "A line of text.\n".repeat(150), "");
    tree.edit("docs/first.md", "A line of text.\n\n".repeat(13), "");
    expect(await tree.problems()).toEqual([
      "docs/first.md:47: 47 lines: a chapter has at least 60: say what is missing",
    ]);
  });

  it("has a file, a start, tests and a package", async () => {
    using tree = await smallTree();
    tree.edit("docs/chapters.json", '"package": "basics"', '"package": "basic"');
    tree.edit("docs/chapters.json", "start one", "begin one");
    tree.edit("docs/chapters.json", "one.test.ts", "two.test.ts");
    tree.edit("README.md", "start one", "begin one");
    expect(await tree.problems()).toEqual([
      'docs/chapters.json:5: first: no package is called "basic": correct "package"',
      'docs/chapters.json:5: first: "pnpm --filter basics begin one": packages/basics/package.json has no script "begin": add it there or correct the command',
      'docs/chapters.json:5: first: packages/basics/test/two.test.ts does not exist: write the test, or correct "tests"',
      'docs/first.md:1: it never shows "pnpm --filter basics begin one", its start in docs/chapters.json: show it',
    ]);
  });

  it("may be missing only while the book is not complete", async () => {
    using tree = await smallTree();
    tree.remove("docs/first.md");
    tree.remove("packages/v1/src/worker.ts");
    tree.remove("packages/v2/src/worker.ts");
    tree.remove("packages/v2/stage.json");
    expect(await tree.problems()).toEqual([
      'README.md:6: dead link "docs/first.md": there is no docs/first.md: correct or remove it',
      "docs/chapters.json:5: first: docs/first.md is missing: write it, or take the entry out",
    ]);
    tree.edit("docs/chapters.json", '"complete": true', '"complete": false');
    const { problems, notes } = await check(tree.root);
    expect(problems).toEqual([]);
    expect(notes.map(format)).toEqual(["docs/chapters.json:5: first: docs/first.md is not yet written"]);
  });

  it("is listed, as every page under docs is", async () => {
    using tree = await smallTree();
    tree.write("docs/stray.md", "# Stray\n");
    expect(await tree.problems()).toEqual([
      "docs/stray.md:1: it is neither a chapter nor a page of docs/chapters.json: add it there",
    ]);
  });
});
