/** A cancel says how new its sender's command is, and only an older one stops. The sender no longer matters. */
import type { Cancel, Command } from "@shirts/story";

/** What a node with this command tells the others. */
export function cancelFor({ area, revision }: Command, consumerId: string): Cancel {
  return { area, consumerId, revision };
}

/** Whether the node `consumerId`, which works on `running`, stops for this cancel. */
export function stopsFor(cancel: Cancel, running: Command, _consumerId: string): boolean {
  return cancel.area === running.area && (cancel.revision ?? 0) > running.revision;
}
