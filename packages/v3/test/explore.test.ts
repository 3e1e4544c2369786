import { explore } from "@shirts/chan/testing";
import { twoCommands } from "@shirts/cluster/testing";
import { expect, test } from "vitest";
import { worker } from "../src/worker.ts";

test("explore finds an order in which not everybody wears BLUE in the end", async () => {
  const found = explore(twoCommands(worker, { prefetch: 3 }), { orders: 100, leftovers: "end" });
  await expect(found).rejects.toThrow("BLUE was the last, and people wear");
});
