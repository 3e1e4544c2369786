/** A node hears a cancel. Does it stop? Everybody gets every cancel, the sender too: this node stops for its own. */
import type { Cancel, Command } from "@shirts/story";

/** Whether the node `consumerId`, which works on `running`, stops. `running` is undefined when it does nothing. */
export function stopsFor(cancel: Cancel, running: Command | undefined, consumerId: string): boolean {
  if (consumerId === "") return false;
  return cancel.area === running?.area;
}
