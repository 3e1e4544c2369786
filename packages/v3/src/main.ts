import { runNode } from "@shirts/cluster";
import { STAGES } from "@shirts/story";
import { worker } from "./worker.ts";

await runNode("v3", async ({ tools, consume, subscribe }) => {
  const cancels = await subscribe(STAGES.v3.cancels);
  const jobs = await consume(STAGES.v3.jobs);
  await worker({ ...tools, ...cancels, jobs });
});
