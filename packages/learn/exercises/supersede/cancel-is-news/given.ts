/**
 * What a node of v4 remembers: the newest revision that it has heard of, one for each area. BLUE's cancel comes to a node that does
 * nothing. Then PURPLE's job comes, late. The node has heard of BLUE, and does PURPLE all the same. Add one line.
 */
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
    return running !== undefined && running.area === area && running.revision < revision;
  }
}
