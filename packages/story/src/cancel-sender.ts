/** Which node a cancel came from. It names its sender's queue, and a real broker chooses the names of queues itself. */
import type { Cancel } from "./command.ts";
import type { TraceEvent } from "./trace.ts";

/** The name of the node that sent cancels under this name; the name itself when the trace does not show who. */
export function senderOf(trace: readonly TraceEvent[], { consumerId }: Pick<Cancel, "consumerId">): string {
  const sent = trace.find((event) => event.type === "cancel sent" && event.cancel.consumerId === consumerId);
  return sent?.node ?? consumerId;
}

/** True when a node heard its own cancel, which it ignores. */
export function isOwn(
  trace: readonly TraceEvent[],
  { node, cancel }: { readonly node: string; readonly cancel: Cancel },
): boolean {
  return senderOf(trace, cancel) === node;
}
