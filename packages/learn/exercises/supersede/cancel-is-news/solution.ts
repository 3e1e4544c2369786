/** A cancel is news, also for a node that does nothing. An older cancel that comes late must not make it forget a newer one. */
import type { Area, Cancel, Command } from "@shirts/story";

export class Memory {
  readonly newest = new Map<Area, number>();

  /** Whether the job is to be done; false: it is superseded. */
  onJob({ area, revision }: Command): boolean {
    if (revision < (this.newest.get(area) ?? 0)) return false;
    this.newest.set(area, revision);
    return true;
  }

  /** Whether the routine that runs in the cancel's area is to be stopped; `running` is undefined when none runs. */
  onCancel({ area, revision = 0 }: Cancel, running: Command | undefined): boolean {
    this.newest.set(area, Math.max(revision, this.newest.get(area) ?? 0));
    return running !== undefined && running.area === area && running.revision < revision;
  }
}
