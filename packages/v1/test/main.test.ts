/** What main.ts asks of its node, and in which order. */
import { recordingNode } from "@shirts/cluster/testing";
import { expect, test, vi } from "vitest";

const { node, calls } = recordingNode();

vi.mock("@shirts/cluster", () => ({
  runNode: (_stage: string, play: (one: typeof node) => Promise<void>) => play(node),
}));

test("a node takes one job at a time", async () => {
  await import("../src/main.ts");
  expect(calls).toEqual(["consume v1_jobs, classic, 1 at once", "paint step 0", "paint step 1", "ack"]);
});
