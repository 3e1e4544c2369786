/** What main.ts asks of its node, and in which order. */
import { recordingNode } from "@shirts/cluster/testing";
import { expect, test, vi } from "vitest";

const { node, calls } = recordingNode();

vi.mock("@shirts/cluster", () => ({
  runNode: (_stage: string, play: (one: typeof node) => Promise<void>) => play(node),
}));

test("a node hears cancels, catches up and asks the table about them before it takes jobs, three at once, which it paints behind the fence", async () => {
  await import("../src/main.ts");
  expect(calls).toEqual([
    "subscribe fanout_cancel, and catch up",
    "admit cancels",
    "consume v4_jobs, quorum, 3 at once",
    "admit jobs",
    "relay v4",
    "broadcast",
    "paint step 0 behind the fence",
    "paint step 1 behind the fence",
    "ack",
  ]);
});
