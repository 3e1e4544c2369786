/** A short storm on real servers of its own. It is skipped where RabbitMQ or PostgreSQL are not installed. */

import { NotInstalledError } from "@shirts/servers";
import { areas, type Stage, staleSteps } from "@shirts/story";
import { afterAll, expect, type TestContext, test, vi } from "vitest";
import { type Arena, faultNames, isWrong, openArena, playStory } from "../src/index.ts";

// Two servers and two nodes are started, a broker is killed, a node is frozen for seconds.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 60_000 });

let arena: Arena | undefined;
afterAll(() => arena?.close());

/** Servers and nodes for one stage; skips the test where there is nothing to start. */
async function arenaFor(
  stage: Stage,
  { skip }: TestContext,
  options: Parameters<typeof openArena>[1] = {},
): Promise<Arena> {
  await arena?.close();
  arena = undefined;
  try {
    arena = await openArena(stage, options);
    return arena;
  } catch (error) {
    if (error instanceof NotInstalledError && process.env.REQUIRE_SERVICES !== "1")
      return skip(error.message);
    throw error;
  }
}

test("in v3 an older command that comes again is painted over the newer one", async (context) => {
  const storm = await arenaFor("v3", context);
  const results = [];
  for (const seed of [5, 7, 15, 23]) results.push(await playStory(storm, "duplicate", seed));
  expect(results.filter(isWrong).length).toBeGreaterThan(0);
  // The table's count stands in the trace, and each of v3's steps has said the same of itself.
  for (const { trace, stale } of results) {
    expect(areas.reduce((sum, area) => sum + (staleSteps(trace, area).counted ?? 0), 0)).toBe(stale);
    expect(areas.flatMap((area) => staleSteps(trace, area).known)).toHaveLength(stale);
  }
});

test("in v4 no fault leaves anybody in an older shirt, lets an older step land or loses a command", async (context) => {
  const storm = await arenaFor("v4", context);
  const results = [];
  for (const [index, fault] of faultNames.entries())
    results.push(await playStory(storm, fault, 100 + 2 * index));
  expect(results.filter(isWrong).map(({ fault, seed, why }) => ({ fault, seed, why }))).toEqual([]);
});

test("planted: nodes that never subscribe again are deaf once their queue was deleted, and not before", async (context) => {
  const storm = await arenaFor("v4", context, { entryOf: () => "storm/test/planted/deaf-node.ts" });
  expect((await playStory(storm, "none", 11)).why).toEqual([]);
  const { deaf, why } = await playStory(storm, "queue", 13);
  expect(deaf).toBe(1);
  expect(why).toEqual([expect.stringMatching(/^node \d is deaf: it hears no cancel any more$/)]);
});

test("planted: a failover to a replica that has not received the last commands loses them, and the storm sees it", async (context) => {
  const storm = await arenaFor("v4", context);
  const replicate = storm.postgres.replicate;
  vi.spyOn(storm.postgres, "replicate").mockImplementation(async () => {
    const replica = await replicate();
    await replica.detach();
    return replica;
  });
  const result = await playStory(storm, "failover", 1);
  expect(result.lost).toBeGreaterThanOrEqual(2);
  expect(isWrong(result)).toBe(true);
});
