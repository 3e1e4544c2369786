/** A job that is older than one that the node has seen is dropped. One of the same age is the same command again: its work is not done yet. */
import type { Area, Command } from "@shirts/story";

/** Whether to do a job. "drop" acks it and paints nothing. `newest` is the node's memory, from job to job; keep it up to date. */
export function onJob({ area, revision }: Command, newest: Map<Area, number>): "do" | "drop" {
  if (revision < (newest.get(area) ?? 0)) return "drop";
  newest.set(area, revision);
  return "do";
}
