/** Each injected fault does what the real code does at it, and what survives it would not survive without its remedy. */
import type { TraceEvent } from "@shirts/story";
import { describe, expect, test } from "vitest";
import { find } from "../src/find.ts";
import { SHAPE } from "../src/generate.ts";
import type { Fault, FaultKind, Story } from "../src/plan.ts";
import { runStory } from "../src/run.ts";
import { type Stage, stageOf } from "../src/stages.ts";

const story = (faults: readonly Fault[], more: Partial<Story> = {}): Story => ({
  steps: 5,
  nodes: [{ paceMs: 10 }, { paceMs: 10 }],
  commands: [{ atMs: 0, area: "north-america", shirt: "purple" }],
  faults,
  latencyMs: 2,
  ...more,
});
const play = (stage: Stage | string, what: Story) =>
  runStory(typeof stage === "string" ? stageOf(stage) : stage, what, 1);
const of = (trace: readonly TraceEvent[], type: TraceEvent["type"], node?: string) =>
  trace.filter((event) => event.type === type && (node === undefined || event.node === node));
const broken = (stage: Stage, kind: FaultKind, law = "last command wins" as const) =>
  find({ stage, shape: { ...SHAPE, faults: [1, 1], kinds: [kind] }, law, seeds: 400, isBlaming: true });

describe("terminate", () => {
  const told = (forMs: number): Fault[] => [{ kind: "terminate", node: 0, atMs: 20, forMs }];

  test.each(["v1", "v2", "v3", "v4"])(
    "%s: with time to drain the job is finished and acked",
    async (stage) => {
      const { trace, broken: laws } = await play(stage, story(told(200)));
      expect(of(trace, "acked", "n1")).toHaveLength(1);
      expect(of(trace, "delivered")).toHaveLength(1);
      expect(of(trace, "crashed")).toEqual([]);
      expect(of(trace, "ready", "n1")).toHaveLength(2);
      expect(laws).toEqual({});
    },
  );

  test("without the time the process ends in its job, and the job comes again", async () => {
    const { trace, broken: laws } = await play("v4", story(told(5)));
    expect(of(trace, "crashed", "n1")).toMatchObject([{ reason: "the time to drain was over" }]);
    expect(of(trace, "delivered").map((event) => event.type === "delivered" && event.redelivered)).toEqual([
      false,
      true,
    ]);
    expect(laws).toEqual({});
  });

  test("a job on its way to a node that is told to end goes to another one", async () => {
    const what = story(told(200), { delays: { "job c1.1→n1": 25, "stop n1/1": 20 } });
    const { trace } = await play("v2", what);
    expect(of(trace, "delivered", "n1")).toEqual([]);
    expect(of(trace, "acked", "n2")).toHaveLength(1);
  });
});

describe("what the relay is for", () => {
  const alone: Stage = { ...stageOf("v4"), relays: false };
  test.each(["president-death", "delivery-limit"] as const)(
    "planted: without the relay v4 loses a command to %s",
    async (kind) => {
      expect(await broken(alone, kind)).toBeDefined();
      expect(await broken(stageOf("v4"), kind)).toBeUndefined();
    },
  );

  test("planted: without the relay v4 loses a job that waits in a queue that is deleted", async () => {
    // The only node is frozen until the broker gives its connection up, so the job is in the queue again.
    const faults: Fault[] = [
      { kind: "pause", node: 0, atMs: 10, forMs: 100 },
      { kind: "deleted-queue", atMs: 70 },
    ];
    const what = story(faults, { nodes: [{ paceMs: 60 }] });
    const unfinished = { ...what, delays: { "pace n1 1": 500, "n1 reconnects": 300 } };
    for (const [stage, isRight] of [
      [alone, false],
      [stageOf("v4"), true],
    ] as const) {
      const { broken: laws } = await play(stage, {
        ...unfinished,
        faults: [...faults, { kind: "crash", node: 0, atMs: 120, forMs: 30 }],
      });
      expect("last command wins" in laws).toBe(!isRight);
    }
  });

  test("a command that is accepted and never published is sent again, and only once", async () => {
    const { trace, broken: laws } = await play(
      "v4",
      story([{ kind: "president-death", command: 0, atMs: 50 }]),
    );
    expect(of(trace, "sent again")).toHaveLength(1);
    expect(laws).toEqual({});
  });

  test("a command that makes progress is not sent again, however slow it is", async () => {
    const { trace } = await play("v4", story([], { nodes: [{ paceMs: 60 }], steps: 10 }));
    expect(of(trace, "sent again")).toEqual([]);
  });

  test("a president of v1 to v3 sends what was left behind at the next command", async () => {
    const commands: Story["commands"] = [
      { atMs: 0, area: "north-america", shirt: "purple" },
      { atMs: 90, area: "south-america", shirt: "blue" },
    ];
    const { trace } = await play(
      "v1",
      story([{ kind: "president-death", command: 0, atMs: 50 }], { commands }),
    );
    expect(of(trace, "delivered")).toHaveLength(2);
    expect(of(trace, "delivered").every(({ at }) => at > 90)).toBe(true);
  });
});

describe("admission", () => {
  test("planted: without the table's part of admission v4 believes a forged revision", async () => {
    expect(await broken({ ...stageOf("v4"), admits: false }, "forged")).toBeDefined();
    expect(await broken(stageOf("v4"), "forged")).toBeUndefined();
  });

  test.each(["v1", "v2", "v3", "v4"])(
    "%s: a job of another world is rejected, a cancel dropped",
    async (stage) => {
      const { trace, broken: laws } = await play(stage, story([{ kind: "foreign", atMs: 5 }]));
      expect(of(trace, "rejected")).toHaveLength(1);
      expect(of(trace, "cancel dropped").length).toBeGreaterThan(0);
      expect(laws).toEqual({});
    },
  );
});

test.each(["v1", "v2", "v3", "v4"])(
  "%s: nodes of an earlier world end, start again, and reject its jobs; the new world is right",
  async (stage) => {
    const commands: Story["commands"] = [
      { atMs: 0, area: "north-america", shirt: "purple" },
      { atMs: 40, area: "north-america", shirt: "blue" },
    ];
    const prepare: Fault = { kind: "prepare", atMs: 30, forMs: 10 };
    const { trace, broken: laws, verdict } = await play(stage, story([prepare], { commands }));
    expect(of(trace, "crashed", "n1")).toMatchObject([{ reason: "its world is gone" }]);
    expect(of(trace, "rejected")).toMatchObject([{ command: { shirt: "purple", world: "w1" } }]);
    expect(verdict).toMatchObject([{ commanded: "blue", revision: 1, wrong: 0 }]);
    expect(laws).toEqual({});
  },
);

test("a step whose answer is lost runs twice: unfenced it may land late, fenced it is refused", async () => {
  const lost: Fault = { kind: "lost-answer", node: 0, atMs: 0, forMs: 14 };
  const { trace } = await play("v1", story([lost], { steps: 1, nodes: [{ paceMs: 4 }] }));
  expect(of(trace, "painted").map((event) => event.type === "painted" && event.step)).toEqual([0, 0]);
  expect(of(trace, "acked")).toHaveLength(1);
  expect(await broken(stageOf("v1"), "lost-answer")).toBeDefined();
  expect(await broken(stageOf("fence"), "lost-answer")).toBeUndefined();
});

test("each node declares a deleted queue again, and acks of its old jobs go nowhere", async () => {
  const { trace, broken: laws } = await play("v4", story([{ kind: "deleted-queue", atMs: 20 }]));
  expect(of(trace, "ack dropped", "n1")).toHaveLength(1);
  expect(laws).toEqual({});
});

test("a paused node that hears late of a deleted queue consumes over its new connection only", async () => {
  const faults: Fault[] = [
    { kind: "pause", node: 0, atMs: 15, forMs: 100 },
    { kind: "deleted-queue", atMs: 36 },
  ];
  const commands: Story["commands"] = [{ atMs: 150, area: "north-america", shirt: "blue" }];
  const { trace, broken: laws } = await play("v1", story(faults, { commands, nodes: [{ paceMs: 10 }] }));
  expect(of(trace, "acked")).toHaveLength(1);
  expect(laws).toEqual({});
});

test("an older story file is read as before: its faults have the names that they had", async () => {
  const kinds = ["lost-cancel", "crash", "pause", "disconnect", "slow", "delay"] as const;
  const old = story(kinds.map((kind, i) => ({ kind, node: 0, atMs: i * 10, forMs: 5 })));
  expect((await play("v4", JSON.parse(JSON.stringify(old)))).broken).toEqual({});
});
