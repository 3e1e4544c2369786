import { parseFlags, UsageError } from "@shirts/command-line";
import { DEFAULT_DATABASE_URL } from "@shirts/table";
import { expect, test } from "vitest";
import { DEFAULT_AMQP_URL, OPTIONS, readSettings } from "../src/node/settings.ts";

const read = (args: string[], env: NodeJS.ProcessEnv = {}) =>
  readSettings("v2", parseFlags(args, OPTIONS).values, env);

test("without flags and environment a node looks where pnpm broker and pnpm world listen", () => {
  expect(read([])).toMatchObject({
    amqpUrl: DEFAULT_AMQP_URL,
    databaseUrl: DEFAULT_DATABASE_URL,
    paceMs: 100,
    steps: 100,
    json: false,
  });
});

test("flags and environment are read", () => {
  const args = ["--name", "n1", "--pace", "7", "--steps", "10", "--json"];
  expect(read(args, { AMQP_URL: "amqp://a", DATABASE_URL: "postgres://b" })).toMatchObject({
    name: "n1",
    amqpUrl: "amqp://a",
    databaseUrl: "postgres://b",
    paceMs: 7,
    steps: 10,
    json: true,
  });
});

const bad: [string[], RegExp][] = [
  [["--pace", "fast"], /--pace takes a whole number from 0 to 3600000, not "fast"/],
  [["--steps", "0"], /--steps takes a whole number from 1/],
  [["--pace", "1e3"], /--pace/],
  [["--colour"], /--colour.*--help/],
  [["purple"], /purple/],
];

test.each(bad)("bad flags %j are one line that says what would be good", (args, line) => {
  const attempt = () => read(args);
  expect(attempt).toThrow(UsageError);
  expect(attempt).toThrow(line);
  expect(attempt).not.toThrow(/\n/);
});
