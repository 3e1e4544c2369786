/** One node of v2: a worker on the queue `v2_jobs` that hears everybody's cancels. */
import { runNode } from "@shirts/node";
import { worker } from "./worker.ts";

await runNode("v2", async ({ tools, consume, subscribe }) => {
  const cancels = await subscribe("fanout_cancel");
  const jobs = await consume("v2_jobs", { prefetch: 1 });
  await worker({ ...tools, ...cancels, jobs });
});
