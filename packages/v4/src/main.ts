/** One node of v4: up to three jobs at once, the cancels of everybody, and the fence at the table. */
import { runNode } from "@shirts/node";
import { worker } from "./worker.ts";

await runNode("v4", async ({ tools, fence, consume, subscribe }) => {
  const cancels = await subscribe("fanout_cancel", { catchUp: true, acceptedOnly: true });
  const jobs = await consume("v4_jobs", { prefetch: 3, type: "quorum", acceptedOnly: true });
  await worker({ ...tools, ...fence, ...cancels, jobs });
});
