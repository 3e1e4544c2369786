import { afterEach, expect, test, vi } from "vitest";
import { fromHere } from "../src/own/import-own.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

test("a file is found from where the reader stands, also when pnpm has gone to another folder", () => {
  vi.stubEnv("INIT_CWD", "/somewhere/else");
  expect(fromHere("kept.jsonl")).toBe("/somewhere/else/kept.jsonl");
  expect(fromHere("/kept.jsonl")).toBe("/kept.jsonl");
});

test("without pnpm it is found from the folder of the process", () => {
  vi.stubEnv("INIT_CWD", undefined);
  expect(fromHere("kept.jsonl")).toBe(`${process.cwd()}/kept.jsonl`);
});
