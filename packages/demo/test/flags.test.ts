import { parseFlags, UsageError } from "@shirts/command-line";
import { expect, test } from "vitest";
import { OPTIONS, readFlags } from "../src/flags.ts";
import { scenesFor } from "../src/scenes.ts";

const read = (args: string[]) => readFlags(parseFlags(args, OPTIONS).values);

const bad: [string[], RegExp][] = [
  [["--stage", "v9"], /no stage "v9".*v1, v2, v3, v4/],
  [["--stage", "v2", "--shirts", "purple,pink"], /no shirt "pink".*purple, blue/],
  [["--stage", "v2", "--area", "atlantis"], /no area "atlantis".*north-america/],
  [["--stage", "v2", "--nodes", "0"], /--nodes takes a whole number from 1 to 8, not "0"/],
  [["--stage", "v2", "--nodes", "two"], /--nodes takes a whole number from 1 to 8, not "two"/],
  [["--stage", "v2", "--pace", "10,-5"], /--pace takes a whole number/],
  [["--people", "none"], /--people takes a whole number/],
  [["--nodes", "2"], /say which --stage/],
  [["--bogus"], /--bogus.*--help/],
  [["v2"], /v2/],
  [["--port", "8080"], /^--port belongs to --page\.$/],
  [["--keep", "a.jsonl"], /^--keep belongs to --page\.$/],
  [["--page", "--port", "70000"], /--port takes a whole number from 0 to 65535/],
  [["--page", "--stage", "v9"], /no stage "v9"/],
  [["--page", "--shirts", "purple"], /leave --shirts out/],
  [["--page", "--after", "5"], /leave --after out/],
];

test.each(bad)("a bad flag is one line that says what would be good: %j", (args, line) => {
  const attempt = () => read(args);
  expect(attempt).toThrow(UsageError);
  expect(attempt).toThrow(line);
  expect(attempt).not.toThrow(/\n/);
});

const scenes = (...args: string[]) => scenesFor(read(args));

test("without flags the whole story is played, from v1 on one node to v4", () => {
  const stages = scenes().map(({ stage }) => stage);
  expect(stages[0]).toBe("v1");
  expect(stages.at(-1)).toBe("v4");
  expect(new Set(stages)).toEqual(new Set(["v1", "v2", "v3", "v4"]));
});

test("a stage alone plays that stage's part of the story", () => {
  expect(scenes("--stage", "v2").every(({ stage }) => stage === "v2")).toBe(true);
});

test("nodes, paces, shirts, area and the time between commands can be chosen", () => {
  const [scene, ...others] = scenes(
    ..."--stage v3 --nodes 3 --pace 50,20 --shirts green,orange,blue --area south-america --after 700".split(
      " ",
    ),
  );
  expect(others).toEqual([]);
  expect(scene).toMatchObject({
    stage: "v3",
    pacesMs: [50, 20, 20],
    orders: [
      { atMs: 0, area: "south-america", shirt: "green" },
      { atMs: 700, area: "south-america", shirt: "orange" },
      { atMs: 1400, area: "south-america", shirt: "blue" },
    ],
  });
});

test("--fast divides all times and changes nothing else", () => {
  const [slow] = scenes("--stage", "v2");
  const [fast] = scenes("--stage", "v2", "--fast");
  expect(fast?.pacesMs).toEqual(slow?.pacesMs.map((pace) => Math.round(pace / 2)));
  expect(fast?.orders.map(({ shirt }) => shirt)).toEqual(slow?.orders.map(({ shirt }) => shirt));
});

test("a page plays v3 on a free port, with the nodes and paces that it is given", () => {
  expect(read([]).page).toBeUndefined();
  expect(read(["--page"]).page).toEqual({ stage: "v3", port: 0, keep: undefined });
  const flags = read(["--page", "--stage", "v4", "--port", "8080", "--keep", "a.jsonl", "--nodes", "3"]);
  expect(flags.page).toEqual({ stage: "v4", port: 8080, keep: "a.jsonl" });
  expect(flags.nodes).toBe(3);
});
