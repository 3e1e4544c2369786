/** A cancel says how new its sender's command is, and only an older one stops. Its sender no longer matters. */
import type { Cancel, Command } from "@shirts/story";

export function cancelFor({ area, revision }: Command, consumerId: string): Cancel {
  return { area, consumerId, revision };
}

export function stopsFor(cancel: Cancel, running: Command, _consumerId: string): boolean {
  return cancel.area === running.area && (cancel.revision ?? 0) > running.revision;
}
