/**
 * Trace events: every part of the story reports what it does as one kind of record. The bars in the terminal, the
 * simulator and the checker all read this one stream, and so can you: it is one JSON object per line.
 */
import type { Cancel, Command } from "./command.ts";
import type { AreaVerdict } from "./verdict.ts";

/**
 * What happened. `step` counts from 0; `stale` says that a newer command had been accepted when the step landed, and is
 * missing where the step does not know (v4's: to ask the fence whether the fence holds tells nothing). An ack is dropped when
 * its connection is gone: the broker has the job again. A verdict is the table's own count at the end of a story, told by
 * the program that asked.
 */
export type EventBody =
  | { readonly type: "prepared" }
  | { readonly type: "ready" }
  | { readonly type: "commanded"; readonly command: Command }
  | { readonly type: "sent again"; readonly command: Command }
  | { readonly type: "delivered"; readonly command: Command; readonly redelivered: boolean }
  | { readonly type: "painted"; readonly command: Command; readonly step: number; readonly stale?: boolean }
  | { readonly type: "rejected"; readonly command: Command; readonly reason: string }
  | { readonly type: "refused"; readonly command: Command; readonly step: number }
  | { readonly type: "cancel sent"; readonly cancel: Cancel }
  | { readonly type: "cancel received"; readonly cancel: Cancel }
  | { readonly type: "cancel lost"; readonly cancel: Cancel; readonly reason: string }
  | { readonly type: "cancel dropped"; readonly cancel: Cancel; readonly reason: string }
  | { readonly type: "stopped"; readonly command: Command; readonly step: number }
  | { readonly type: "superseded"; readonly command: Command }
  | { readonly type: "acked"; readonly command: Command }
  | { readonly type: "ack dropped"; readonly command: Command }
  | { readonly type: "dead-lettered"; readonly queue: string; readonly reason: string }
  | { readonly type: "disconnected"; readonly reason: string }
  | { readonly type: "reconnected" }
  | { readonly type: "blocked"; readonly reason: string }
  | { readonly type: "unblocked" }
  | { readonly type: "failed"; readonly reason: string }
  | { readonly type: "verdict"; readonly verdict: AreaVerdict }
  | { readonly type: "paused" }
  | { readonly type: "resumed" }
  | { readonly type: "told to end" }
  | { readonly type: "crashed"; readonly reason: string };

/** An event: its body, with its place and time. `at` is in milliseconds; since the Unix epoch on a real clock. */
export type TraceEvent = EventBody & { readonly node: string; readonly at: number };

/** Takes the body of one event. Never blocks, never throws. */
export type Report = (body: EventBody) => void;
