/** Which of the events after a move are the move, and which happened by themselves: nobody chose them. */
import { type Way, wayOf } from "@shirts/sim/scheduler";
import type { TraceEvent } from "@shirts/story";

/** What a move of each kind is told as, when it is told as an event. */
const TOLD: Partial<Record<Way["kind"], readonly TraceEvent["type"][]>> = {
  command: ["commanded"],
  "publish again": ["sent again"],
  job: ["delivered"],
  redelivery: ["delivered"],
  cancel: ["cancel received"],
  step: ["painted", "refused"],
  statement: ["painted", "refused"],
  crash: ["crashed"],
  restart: ["ready"],
  pause: ["paused"],
  wake: ["resumed"],
  reconnect: ["reconnected"],
};

/** How many of these events are the move itself: 1, or 0 when no event tells of it. */
export function ownEvents(move: string, [first]: readonly TraceEvent[]): 0 | 1 {
  const way = wayOf(move);
  if (!first) return 0;
  const isItsNode = !("node" in way) || way.node === first.node;
  return isItsNode && TOLD[way.kind]?.includes(first.type) ? 1 : 0;
}
