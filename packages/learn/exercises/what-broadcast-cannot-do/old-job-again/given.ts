/**
 * A node dies while it holds PURPLE. BLUE runs already. The broker gives PURPLE away again, as it must, and to v3 it is a new job:
 * it stops BLUE. Here a node can remember the newest revision that it has seen in each area. Decide what to do with a job.
 */
import type { Area, Command } from "@shirts/story";

/** Whether to do a job. "drop" acks it and paints nothing. `newest` is the node's memory, from job to job; keep it up to date. */
export function onJob(command: Command, newest: Map<Area, number>): "do" | "drop" {
  newest.set(command.area, command.revision);
  return "do";
}
