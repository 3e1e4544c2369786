import { explore } from "@shirts/chan/testing";
import { twoCommands } from "@shirts/cluster/testing";
import { expect, test } from "vitest";
import { worker } from "../src/worker.ts";

const options = { orders: 300, leftovers: "end" } as const;

test.each(["random", "pct"] as const)(
  "explore finds no order in which not everybody wears BLUE: %s",
  async (strategy) => {
    const { distinct } = await explore(twoCommands(worker, { prefetch: 3, fenced: true }), {
      ...options,
      strategy,
    });
    expect(distinct).toBe(300);
  },
);

test("planted: when the table refuses nothing, explore finds one", async () => {
  const found = explore(twoCommands(worker, { prefetch: 3, fenced: false }), options);
  await expect(found).rejects.toThrow("BLUE was the last, and people wear");
});
