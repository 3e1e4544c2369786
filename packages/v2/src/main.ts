import { runNode } from "@shirts/cluster";
import { STAGES } from "@shirts/story";
import { worker } from "./worker.ts";

await runNode("v2", async ({ tools, consume, subscribe }) => {
  const cancels = await subscribe(STAGES.v2.cancels);
  const jobs = await consume(STAGES.v2.jobs);
  await worker({ ...tools, ...cancels, jobs });
});
