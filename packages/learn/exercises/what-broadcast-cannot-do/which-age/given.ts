/**
 * v3's answer to a cancel, as two functions. It looks at the sender, so two nodes stop each other, and nobody paints. A cancel may
 * carry a revision: send it, and look at that.
 */
import type { Cancel, Command } from "@shirts/story";

/** What a node with this command tells the others. */
export function cancelFor(command: Command, consumerId: string): Cancel {
  return { area: command.area, consumerId };
}

/** Whether the node `consumerId`, which works on `running`, stops for this cancel. */
export function stopsFor(cancel: Cancel, running: Command, consumerId: string): boolean {
  return cancel.area === running.area && cancel.consumerId !== consumerId;
}
