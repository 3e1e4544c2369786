/** The slips of the talk's slides and published code (the numbers are the chapter's): each one shown by a story. */
import type { Area, Colour, TraceEvent } from "@shirts/story";
import { expect, test } from "vitest";
import { burst } from "../src/cli/count.ts";
import { explore } from "../src/explore.ts";
import { find, runSeed } from "../src/find.ts";
import { SHAPE, type Shape } from "../src/generate.ts";
import type { Fault, FaultKind, Story } from "../src/plan.ts";
import { whatWentWrong } from "../src/print/sentence.ts";
import { type Outcome, runStory } from "../src/run.ts";
import { type Stage, stageOf } from "../src/stages.ts";

interface Order {
  readonly atMs: number;
  readonly shirt: Colour;
  readonly area?: Area;
}

function story(commands: readonly Order[], more: Partial<Story> = {}): Story {
  return {
    steps: 10,
    nodes: [{ paceMs: 10 }, { paceMs: 10 }],
    commands: commands.map(({ area = "north-america", ...order }) => ({ area, ...order })),
    faults: [],
    latencyMs: 3,
    ...more,
  };
}

const purpleThenBlue = (gapMs: number): Order[] => [
  { atMs: 0, shirt: "purple" },
  { atMs: gapMs, shirt: "blue" },
];
const alone = { nodes: [{ paceMs: 10 }] };
const seeds = Array.from({ length: 100 }, (_, i) => i + 1);
const withFault = (kind: FaultKind): Shape => ({ ...SHAPE, faults: [1, 1], kinds: [kind] });

const play = (stage: string | Stage, what: Story, seed = 1): Promise<Outcome> =>
  runStory(typeof stage === "string" ? stageOf(stage) : stage, what, seed, {
    events: 2000,
    virtualMs: 100_000,
    spins: 1,
  });
const of = (trace: readonly TraceEvent[], type: TraceEvent["type"]) =>
  trace.filter((event) => event.type === type);
const late = ({ verdict }: Outcome) => verdict.reduce((sum, { stale }) => sum + stale, 0);
const wrong = ({ verdict }: Outcome) => verdict.reduce((sum, area) => sum + area.wrong, 0);

test("1, 6: without a way out after the last step a routine never ends, and its job is never acked", async () => {
  const endless = await play("slip-1", story([{ atMs: 0, shirt: "purple" }], alone));
  expect(wrong(endless)).toBe(0);
  expect(of(endless.trace, "acked")).toEqual([]);
  expect(endless.broken["no routine left running"]).toMatch(/1 jobs still running/);
  expect(endless.bound).toMatch(/cut after/);
});

test("2: a loop that waits for the semaphore is deaf: the newer command waits behind the older one", async () => {
  const commands = purpleThenBlue(30);
  const deaf = await play("slip-2", story(commands, alone));
  const repaired = await play("v3", story(commands, alone));
  expect(of(deaf.trace, "stopped")).toEqual([]);
  expect(late(deaf)).toBeGreaterThanOrEqual(6);
  expect(late(repaired)).toBeLessThanOrEqual(1);
});

test.each(["v2", "v3"])(
  "3: %s compares a cancel by its sender, so two nodes stop each other",
  async (stage) => {
    const { wrong: ways, trace = [] } = await explore({
      stage: stageOf(stage),
      nodes: 2,
      steps: 2,
      commands: burst(2),
    });
    expect(ways).toBeGreaterThan(0);
    expect(whatWentWrong(trace)).toMatch(
      /n2 stopped BLUE .* because it heard n1's cancel, which was not newer/,
    );
    const mutual = await play(
      stage,
      story(purpleThenBlue(0), { latencyMs: 6, nodes: [{ paceMs: 40 }, { paceMs: 40 }] }),
    );
    expect(
      of(mutual.trace, "stopped")
        .map(({ node }) => node)
        .sort(),
    ).toEqual(["n1", "n2"]);
    expect(wrong(mutual)).toBe(10);
  },
);

test("4: a cancel that names the whole body stops nobody", async () => {
  let [stops, wrongs] = [0, 0];
  for (const seed of seeds) {
    const { outcome } = await runSeed(stageOf("slip-4"), SHAPE, seed);
    stops += of(outcome.trace, "stopped").length;
    wrongs += wrong(outcome) > 0 ? 1 : 0;
  }
  expect(stops).toBe(0);
  expect(wrongs).toBeGreaterThan(10);
});

test("5: done by area closes a nil chan", async () => {
  const law = "the loop never panics or deadlocks";
  const found = await find({ stage: stageOf("slip-5"), shape: SHAPE, law, seeds: 500 });
  expect(whatWentWrong(found?.outcome.trace ?? [])).toMatch(/panicked at \d+ ms: close of nil channel\./);
});

test("5: done by area stops the newer routine, which acks unfinished", async () => {
  // BLUE comes to the same node in the millisecond in which PURPLE's last step is done.
  for (const seed of seeds) {
    const outcome = await play(
      "slip-5",
      story(purpleThenBlue(105 + (seed % 30)), { ...alone, steps: 9 }),
      seed,
    );
    const stop = of(outcome.trace, "stopped")[0];
    if (stop?.type !== "stopped" || stop.command.shirt !== "blue") continue;
    expect(wrong(outcome)).toBeGreaterThan(0);
    return;
  }
  expect.fail("no seed shows it");
});

test("7: nobody is told of a newer command that waits in the queue", async () => {
  // Both nodes are taken, one by a job of the other area. So nobody receives BLUE, and so nobody cancels PURPLE.
  const busy: Order[] = [
    { atMs: 0, shirt: "purple" },
    { atMs: 1, shirt: "green", area: "south-america" },
    { atMs: 20, shirt: "blue" },
  ];
  expect(late(await play("v2", story(busy)))).toBeGreaterThanOrEqual(6);
  // v4's president tells every node.
  const announced = await play("v4", story(busy));
  expect(late(announced)).toBe(0);
  const walks = announced.trace.filter((event) => "command" in event && event.command.shirt === "purple");
  expect(walks.at(-1)?.at).toBeLessThan(40);
});

test.each([
  ["8: a cancel is gone when a node's queue is", "lost-cancel", /./],
  [
    "9: the older job of a crashed node comes back and counts as new",
    "crash",
    /the redelivered PURPLE|painted person/,
  ],
] as const)("%s", async (_, kind, sentence) => {
  const search = {
    stage: stageOf("v3"),
    shape: withFault(kind),
    law: "last command wins",
    seeds: 500,
  } as const;
  const found = await find({ ...search, isBlaming: true });
  const { trace = [] } = found?.outcome ?? {};
  expect(whatWentWrong(trace, found?.story.steps)).toMatch(sentence);
  const isTold = trace.some((event) =>
    kind === "crash" ? event.type === "delivered" && event.redelivered : event.type === "cancel lost",
  );
  expect(isTold).toBe(true);
});

test("10: a sleep that nobody can interrupt costs a step, a deaf loop the next cancel", async () => {
  const commands: Order[] = [...purpleThenBlue(25), { atMs: 75, shirt: "green" }];
  const nodes = [{ paceMs: 20 }, { paceMs: 20 }, { paceMs: 20 }];
  let [asleep, awake] = [0, 0];
  for (const seed of seeds) {
    asleep += late(await play("slip-10", story(commands, { nodes }), seed));
    awake += late(await play("v3", story(commands, { nodes }), seed));
  }
  expect(asleep).toBeGreaterThan(awake * 1.5);
});

test("11: a perfect cancel leaves a window, and only a check at the table closes it", async () => {
  const options = { nodes: 2, steps: 1, commands: burst(2) };
  const cancelled = await explore({ ...options, stage: stageOf("revision") });
  const fenced = await explore({ ...options, stage: stageOf("fence") });
  expect(cancelled.wrong).toBeGreaterThan(0);
  expect(fenced.wrong).toBe(0);
});

test("12: a publish whose error is dropped is a command that nobody ever gets", async () => {
  const restart: Fault = { kind: "broker-restart", atMs: 20, forMs: 30 };
  const what = story(purpleThenBlue(25), { faults: [restart] });
  const forgot = await play("slip-12", what);
  expect(wrong(forgot)).toBe(10);
  expect(whatWentWrong(forgot.trace, 10)).toBe("BLUE never came to a node, and nobody ever wears BLUE.");
  expect(wrong(await play("v4", what))).toBe(0);
});

test("13: after the connection v1 idles, and the talk's v3 takes nothing from a closed chan for ever", async () => {
  const cut: Fault[] = [0, 1].map((node) => ({ kind: "disconnect", node, atMs: 20, forMs: 10 }));
  const what = story(purpleThenBlue(60), { faults: cut });
  const idle = await play("slip-13-v1", what);
  expect(idle.broken["every job acked exactly once or redelivered"]).toMatch(/c2/);
  const spin = await play("slip-13", what);
  expect(spin.bound).toMatch(/cut: n\d is busy for ever without doing anything/);
  for (const stage of ["v1", "v3", "v4"])
    expect((await play(stage, what)).broken).not.toHaveProperty(
      "every job acked exactly once or redelivered",
    );
});

test("14: two stages on one exchange cancel each other's jobs", async () => {
  const shared = await play("slip-14", story([{ atMs: 0, shirt: "purple" }]));
  expect(whatWentWrong(shared.trace)).toMatch(/stopped PURPLE .* because it heard stranger's cancel/);
  expect(wrong(await play("v2", story([{ atMs: 0, shirt: "purple" }])))).toBe(0);
});

test("15: finished jobs that are never acked fill the prefetch, and the newer command never starts", async () => {
  const full = await play({ ...stageOf("slip-1"), prefetch: 1 }, story(purpleThenBlue(300), alone));
  expect(of(full.trace, "painted")).toHaveLength(10);
  expect(whatWentWrong(full.trace)).toMatch(
    /^BLUE never came to a node: it waits in the queue behind jobs that nobody acks/,
  );
});
