/** One node of v1: a worker on the queue `v1_jobs`. */
import { runNode } from "@shirts/node";
import { worker } from "./worker.ts";

await runNode("v1", async ({ tools, consume }) => {
  const jobs = await consume("v1_jobs", { prefetch: 1 });
  await worker({ ...tools, jobs });
});
