/** One node of v3: up to three jobs at once, and the cancels of everybody. */
import { runNode } from "@shirts/node";
import { worker } from "./worker.ts";

await runNode("v3", async ({ tools, consume, subscribe }) => {
  const cancels = await subscribe("fanout_cancel");
  const jobs = await consume("v3_jobs", { prefetch: 3 });
  await worker({ ...tools, ...cancels, jobs });
});
