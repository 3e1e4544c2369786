/**
 * v3's answer to a cancel, as a function: "somebody else has a job for the area that I work on. Do I stop?"
 * It looks at the sender of the cancel, so two nodes stop each other. A cancel may carry a revision: look at that.
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
