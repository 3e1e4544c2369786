import type { Command, EventBody } from "@shirts/story";
import { expect, test } from "vitest";
import { command, declareJobs, missed, resend } from "../src/president/president.ts";
import { fakeDependencies } from "./support/dependencies.ts";

const area = "north-america";
const nobody = () => {};

test("a command is accepted by the table before anything is published", async () => {
  const { dependencies, sent } = fakeDependencies();
  const seen: number[] = [];
  await command(dependencies, "v2", area, "purple", () => seen.push(sent.length));
  expect(seen).toEqual([0]);
  expect(sent).toEqual(["v2_jobs purple"]);
});

test("in v4 the president announces a command to all nodes, too", async () => {
  const { dependencies, sent } = fakeDependencies();
  await command(dependencies, "v4", area, "blue", nobody);
  expect(sent).toEqual(["fanout_cancel below 1", "v4_jobs blue"]);
});

test("an announcement that is lost is reported, and the job is published and confirmed", async () => {
  const { dependencies, sent, fail } = fakeDependencies();
  fail((line) => line.startsWith("fanout_cancel"));
  const log: EventBody[] = [];
  await command({ ...dependencies, report: (event) => log.push(event) }, "v4", area, "blue", nobody);
  expect(sent).toEqual(["v4_jobs blue"]);
  expect(await missed(dependencies, "v4")).toEqual([]);
  expect(log).toMatchObject([{ type: "cancel lost", cancel: { revision: 1 } }]);
});

test("a command that was accepted and never confirmed is sent again, oldest first, and only once", async () => {
  const { dependencies, sent, fail } = fakeDependencies();
  fail(() => true);
  await expect(command(dependencies, "v2", area, "purple", nobody)).rejects.toThrow("down");
  await expect(command(dependencies, "v2", area, "blue", nobody)).rejects.toThrow("down");
  fail(() => false);
  const resent = await resend(dependencies, "v2", await missed(dependencies, "v2"));
  expect(resent.map(({ order }) => order.shirt)).toEqual(["purple", "blue"]);
  expect(await missed(dependencies, "v2")).toEqual([]);
  expect(sent).toEqual(["v2_jobs purple", "v2_jobs blue"]);
});

test("one that cannot be sent again holds up no other, and says why", async () => {
  const { dependencies, sent, fail } = fakeDependencies();
  fail(() => true);
  for (const shirt of ["purple", "blue"] as const)
    await expect(command(dependencies, "v2", area, shirt, nobody)).rejects.toThrow("down");
  fail((line) => line.includes("purple"));
  const resent = await resend(dependencies, "v2", await missed(dependencies, "v2"));
  expect(resent.map(({ failure }) => failure)).toEqual(["the broker is down", undefined]);
  expect(sent).toEqual(["v2_jobs blue"]);
});

test("what a president of v3 left behind is not sent into v4's queue", async () => {
  const { dependencies, fail } = fakeDependencies();
  fail(() => true);
  await expect(command(dependencies, "v3", area, "purple", nobody)).rejects.toThrow("down");
  expect(await missed(dependencies, "v4")).toEqual([]);
  expect(await missed(dependencies, "v3")).toMatchObject([{ shirt: "purple" }]);
});

test("in v4 an unfinished command that is confirmed counts as missed when that is asked for; in v3 never", async () => {
  for (const stage of ["v3", "v4"] as const) {
    const { dependencies } = fakeDependencies();
    const order: Command = await command(dependencies, stage, area, "purple", nobody);
    expect(await missed(dependencies, stage)).toEqual([]);
    expect(await missed(dependencies, stage, { unfinished: true })).toEqual(stage === "v4" ? [order] : []);
  }
});

test("a command that is neither confirmed nor finished counts as missed once", async () => {
  const { dependencies, fail } = fakeDependencies();
  fail(() => true);
  await expect(command(dependencies, "v4", area, "purple", nobody)).rejects.toThrow("down");
  expect(await missed(dependencies, "v4", { unfinished: true })).toMatchObject([{ shirt: "purple" }]);
});

test("the president declares a stage's queue as its nodes do", async () => {
  const declared: unknown[] = [];
  const declareQueue = async (...asked: unknown[]) => void declared.push(asked);
  expect(await declareJobs({ declareQueue }, "v1")).toBe("v1_jobs");
  expect(await declareJobs({ declareQueue }, "v4")).toBe("v4_jobs");
  expect(declared).toEqual([
    ["v1_jobs", { type: "classic" }],
    ["v4_jobs", { type: "quorum" }],
  ]);
});
