/** It stops for somebody else's cancel, and for the area that it works on. */
import type { Cancel, Command } from "@shirts/story";

/** Whether the node `consumerId`, which works on `running`, stops. `running` is undefined when it does nothing. */
export function stopsFor(cancel: Cancel, running: Command | undefined, consumerId: string): boolean {
  if (cancel.consumerId === consumerId) return false;
  return cancel.area === running?.area;
}
