/** How a command line is read, and the one line that each mistake gets. */
import { expect, test } from "vitest";
import { parseFlags, UsageError, wholeNumber } from "../src/index.ts";

const OPTIONS = {
  port: { type: "string", short: "p", default: "1" },
  area: { type: "string", multiple: true },
  json: { type: "boolean", default: false },
} as const;

const read = (line: string, positionals: "none" | "words" | "rest" = "none") =>
  parseFlags(line === "" ? [] : line.split(" "), OPTIONS, positionals);

test("flags get their values, and their defaults without", () => {
  expect(read("").values).toEqual({ port: "1", json: false });
  expect(read("-p 2 --json --area a --area=b").values).toEqual({ port: "2", json: true, area: ["a", "b"] });
});

test("a leading -- is dropped: npm does it, pnpm hands it on", () => {
  expect(read("-- --json").values.json).toBe(true);
  expect(read("-- b --json", "words")).toMatchObject({ positionals: ["b"], values: { json: true } });
});

test("words may stand between the flags, and after -- everything is a word", () => {
  expect(read("a --json b -- --port", "words").positionals).toEqual(["a", "b", "--port"]);
});

test.each([
  ["--json npm test --port", true, ["npm", "test", "--port"]],
  ["--json -- npm test -- chan", true, ["npm", "test", "--", "chan"]],
  ["npm test --json --help", false, ["npm", "test", "--json", "--help"]],
  ["--reporter dot", false, ["--reporter", "dot"]],
  ["--json", true, []],
])(
  "rest: from the first word or unknown flag on, all is the other command's: %j",
  (line, json, positionals) => {
    expect(read(line, "rest")).toMatchObject({ values: { json }, positionals, help: false });
  },
);

test.each([
  ["--colour", "There is no flag --colour. --help lists the flags."],
  ["-c", "There is no flag -c. --help lists the flags."],
  ["--no-json", "There is no flag --no-json. --help lists the flags."],
  ["--toString", "There is no flag --toString. --help lists the flags."],
  ["--port", "--port needs a value: --port=…"],
  ["--port --json", '--port needs a value. If "--json" is the value, write --port=--json'],
  ["--json=no", '--json takes no value: leave "=no" out.'],
  ["purple", 'Only flags are taken here, not "purple". --help lists them.'],
])("a mistake is one line that says what to do: %j", (line, message) => {
  expect(() => read(line)).toThrow(new UsageError(message));
});

test("a value may begin with a dash when it is written with =", () => {
  expect(read("--port=-5").values.port).toBe("-5");
});

test.each(["--help", "-h", "--colour --help", "-h --port", "purple -h"])(
  "help is given whatever else is wrong: %j",
  (line) => expect(read(line).help).toBe(true),
);

test("a whole number keeps its bounds, and the line names flag and bounds", () => {
  expect(wholeNumber("--port", "65535", 0, 65_535)).toBe(65_535);
  for (const text of ["65536", "-1", "1.5", "1e3", "0x10", " 7", "", "high"])
    expect(() => wholeNumber("--port", text, 0, 65_535)).toThrow(
      new UsageError(`--port takes a whole number from 0 to 65535, not "${text}".`),
    );
});
