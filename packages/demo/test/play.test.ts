/** The demo as people run it: real processes, real AMQP, a real table. Small populations, so that each takes seconds. */

import { connect } from "@shirts/amqp";
import { startBroker } from "@shirts/broker";
import { someOf } from "@shirts/command-line/testing";
import type { Colour, TraceEvent } from "@shirts/story";
import { describe, expect, test, vi } from "vitest";
import { alive, demo, descendants, EMBEDDED, nodeProcess } from "./support/demo.ts";

/** Each play is up to six processes. */
const inCi = test.skipIf(process.env.SHORT_TESTS === "1");

// Each test starts up to five processes; on a busy machine that alone takes a while.
vi.setConfig({ testTimeout: 120_000 });

async function outcome(args: string, env: NodeJS.ProcessEnv) {
  const { ended, lines } = demo(`${args} --people 10000 --json`, env);
  expect(await ended).toEqual({ code: 0, err: "" });
  const records = lines.map((line) => JSON.parse(line));
  const events: TraceEvent[] = records.filter((record) => record.type);
  const { verdicts, unacked } = records.find((record) => record.verdicts);
  return { events, unacked, verdict: verdicts[0] };
}

function hasStopped(events: readonly TraceEvent[], shirt: Colour): boolean {
  return events.some((event) => event.type === "stopped" && event.command.shirt === shirt);
}

/**
 * The first outcome of v2 in which no cancel of PURPLE stopped BLUE. Where a process is late by more than the time between the
 * commands the cancels cross, and v2 promises nothing: on a machine with much else to do that happens.
 */
async function uncrossed(args: string, env: NodeJS.ProcessEnv) {
  for (let plays = 1; plays < 5; plays++) {
    const play = await outcome(args, env);
    if (!hasStopped(play.events, "blue")) return play;
    // It ends as crossing cancels end, and is counted so.
    expect(play.verdict.wrong).toBeGreaterThan(0);
  }
  return outcome(args, env);
}

const services: [string, NodeJS.ProcessEnv | undefined][] = [
  ["the embedded broker and PGlite", EMBEDDED],
  [
    "the services that AMQP_URL and DATABASE_URL name",
    process.env.AMQP_URL && process.env.DATABASE_URL ? {} : undefined,
  ],
];

describe.each(services)("on %s", (_, env) => {
  const isMissing = env === undefined && process.env.REQUIRE_SERVICES !== "1";
  const story = test.skipIf(isMissing);
  const storyInCi = test.skipIf(isMissing || process.env.SHORT_TESTS === "1");
  const needed = () => env ?? expect.fail("REQUIRE_SERVICES is set, but AMQP_URL or DATABASE_URL is not");

  story("v1 on two nodes, the second one faster, ends in both shirts", async () => {
    const play = await outcome("--stage v1 --nodes 2 --pace 40,4 --after 900", needed());
    const { verdict, unacked } = play;
    expect(play.events.at(-1)).toMatchObject({ type: "verdict", verdict });
    expect(unacked).toBe(0);
    expect(verdict.wrong).toBeGreaterThan(0);
    expect(verdict.wearing.purple + verdict.wearing.blue).toBe(10_000);
    expect(verdict.stale).toBeGreaterThan(0);
  });

  storyInCi(
    "v2 on two nodes at the same pace ends in BLUE, with PURPLE stopped and acked (in CI)",
    async () => {
      const { verdict, unacked, events } = await uncrossed(
        "--stage v2 --nodes 2 --pace 15 --after 600",
        needed(),
      );
      expect(unacked).toBe(0);
      expect(verdict).toMatchObject({ commanded: "blue", wrong: 0, wearing: { blue: 10_000 } });
      expect(hasStopped(events, "purple")).toBe(true);
    },
  );

  story(
    "v4 ends in BLUE when a node freezes, and the table refuses what the node paints too late",
    async () => {
      const { verdict } = await outcome("--stage v4 --fast", needed());
      expect(verdict).toMatchObject({ wrong: 0, stale: 0 });
    },
  );

  storyInCi("a node killed in mid-job does not end the story: its job is redelivered (in CI)", async () => {
    const play = demo("--stage v2 --nodes 2 --pace 15 --shirts purple --people 10000 --json", needed());
    await play.shows('"painted"');
    process.kill(nodeProcess(play.pid, "node 1"), "SIGKILL");
    expect((await play.ended).code).toBe(0);
    expect(play.lines.some((line) => line.includes('"redelivered":true'))).toBe(true);
    expect(JSON.parse(play.lines.at(-1) ?? "")).toMatchObject({ unacked: 0, verdicts: [{ wrong: 0 }] });
  });
});

const signals = [
  ["SIGINT", 130],
  ["SIGKILL", null],
  ["SIGTERM", 143],
] as const;

test.each(someOf(1, signals))("%s in mid-scene leaves no process behind", async (signal, exit) => {
  const play = demo("--stage v2 --pace 50 --people 10000 --json", EMBEDDED);
  await play.shows('"painted"');
  const family = descendants(play.pid);
  expect(family.length).toBeGreaterThanOrEqual(4);
  play.kill(signal);
  expect((await play.ended).code).toBe(exit);
  await expect.poll(() => alive(family), { timeout: 10_000 }).toEqual([]);
});

inCi(
  "a second demo on the same broker is refused before it touches the table of the first (in CI)",
  async () => {
    const broker = await startBroker({ port: 0 });
    try {
      const env = { ...EMBEDDED, AMQP_URL: broker.url };
      const first = demo("--stage v2 --pace 30 --people 1000 --shirts purple --json", env);
      await first.shows('"painted"');
      const { code, err } = await demo("--stage v3 --people 1000 --json", env).ended;
      expect(code).toBe(1);
      expect(err.trim().split("\n")).toEqual([expect.stringContaining("Another `npm start` is playing")]);
      expect((await first.ended).code).toBe(0);
    } finally {
      await broker.close();
    }
  },
);

inCi("jobs that somebody left in the queue are not thrown away without a word (in CI)", async () => {
  const broker = await startBroker({ port: 0 });
  const rabbit = await connect(broker.url);
  try {
    await rabbit.declareQueue("v1_jobs", { type: "classic" });
    await rabbit.publish("v1_jobs", Buffer.from("somebody's"));
    const env = { ...EMBEDDED, AMQP_URL: broker.url };
    const story = demo("--stage v1 --pace 0 --steps 2 --shirts purple --people 10", env);
    expect((await story.ended).code).toBe(0);
    expect(story.lines).toContain("  1 job was left in v1_jobs, and nobody consumes it: thrown away");
  } finally {
    await rabbit.close();
    await broker.close();
  }
});

inCi("workers of another story on the same queue are found before the table is changed (in CI)", async () => {
  const broker = await startBroker({ port: 0 });
  const rabbit = await connect(broker.url);
  try {
    await rabbit.consume("v4_jobs", { prefetch: 1, queue: { type: "quorum" }, decode: () => undefined });
    const story = demo("--people 1000", { ...EMBEDDED, AMQP_URL: broker.url });
    const { code, err } = await story.ended;
    expect(code).toBe(1);
    expect(err).toMatch(/1 worker is already consuming v4_jobs/);
    expect(story.lines.filter((line) => line.startsWith("1  "))).toEqual([]);
  } finally {
    await rabbit.close();
    await broker.close();
  }
});

inCi("a reader who has seen enough ends the demo, with no word and no process left (in CI)", async () => {
  const play = demo("--stage v2 --pace 50 --people 10000 --json", EMBEDDED);
  await play.shows('"painted"');
  const family = descendants(play.pid);
  play.stopReading();
  expect(await play.ended).toEqual({ code: 0, err: "" });
  await expect.poll(() => alive(family), { timeout: 10_000 }).toEqual([]);
});

const failures: [string, string, NodeJS.ProcessEnv, number, RegExp][] = [
  [
    "a broker that does not answer",
    "--stage v1",
    { AMQP_URL: "amqp://127.0.0.1:1" },
    1,
    /127\.0\.0\.1:1.* Start one .* or correct AMQP_URL\.\n$/,
  ],
  [
    "a table that does not answer",
    "--stage v1",
    { DATABASE_URL: "postgres://127.0.0.1:1/x" },
    1,
    /127\.0\.0\.1:1/,
  ],
  ["an unknown stage", "--stage v9", {}, 2, /no stage "v9"/],
];

test.each(failures)("%s is one clear line and a non-zero exit", async (_, args, env, exit, line) => {
  const { code, err } = await demo(args, { ...EMBEDDED, ...env }).ended;
  expect(code).toBe(exit);
  expect(err.trim().split("\n")).toHaveLength(1);
  expect(err).toMatch(line);
});
