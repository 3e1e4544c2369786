/** One node of v1: a worker on the queue `v1_jobs`. */
import { runNode } from "@shirts/cluster";
import { STAGES } from "@shirts/story";
import { worker } from "./worker.ts";

await runNode("v1", async ({ tools, consume }) => {
  const jobs = await consume(STAGES.v1.jobs);
  await worker({ ...tools, jobs });
});
