/** One node of v4: up to three jobs at once, cancels of all nodes and the president, the fence at the table, and a relay. */
import { runNode } from "@shirts/cluster";
import { STAGES } from "@shirts/story";
import { worker } from "./worker.ts";

await runNode("v4", async ({ tools, fence, consume, subscribe, newest, admitJobs, admitCancels, relay }) => {
  const cancels = admitCancels(await subscribe(STAGES.v4.cancels, newest));
  const jobs = admitJobs(await consume(STAGES.v4.jobs));
  await relay("v4");
  await worker({ ...tools, ...fence, ...cancels, jobs });
});
