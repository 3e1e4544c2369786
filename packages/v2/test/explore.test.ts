import { after, chan, go } from "@shirts/chan";
import { explore } from "@shirts/chan/testing";
import { twoCommands } from "@shirts/cluster/testing";
import type { Cancel, Job } from "@shirts/story";
import { expect, test } from "vitest";
import { worker } from "../src/worker.ts";

test("explore finds an order in which not everybody wears BLUE in the end", async () => {
  const found = explore(twoCommands(worker, {}), { orders: 100, leftovers: "end" });
  await expect(found).rejects.toThrow("BLUE was the last, and people wear");
});

/** One node: two jobs of an area come, and a cancel of another node. */
async function oneNode(): Promise<void> {
  const [jobs, cancels] = [chan<Job>(), chan<Cancel>()];
  const area = "north-america";
  let acks = 0;
  go(async () => {
    for (const revision of [1, 2])
      await jobs.send({ command: { area, shirt: "blue", revision }, redelivered: false, ack: () => acks++ });
    jobs.close();
  });
  go(() => cancels.send({ area, consumerId: "n2" }));
  const [pace, paint, report] = [() => after(10), () => Promise.resolve(), () => {}];
  await worker({ consumerId: "n1", jobs, cancels, broadcast: () => {}, steps: 2, pace, paint, report });
  if (acks !== 2) throw new Error(`${acks} of 2 jobs were acked`);
}

test("alone on its node a worker acks each job once, in every order of a cancel", async () => {
  expect(await explore(oneNode, { leftovers: "end" })).toMatchObject({ orders: 17_442, isAll: true });
});
