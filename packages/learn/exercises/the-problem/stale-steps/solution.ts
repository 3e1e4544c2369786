/**
 * Stale steps: a step of an older command that lands after a newer one of its area was accepted. A run can be right in the end
 * and have had some; then it was lucky. This remembers the newest command of each area, as far as the run has come.
 */
import type { Area, Command } from "@shirts/story";

/** What happened, in order: a command was accepted, or a step of one has landed. */
export interface Event {
  readonly type: "accepted" | "landed";
  readonly command: Command;
}

export function staleSteps(events: readonly Event[]): number {
  let stale = 0;
  const newest = new Map<Area, number>();
  for (const { type, command } of events) {
    const known = newest.get(command.area) ?? 0;
    if (type === "accepted") newest.set(command.area, Math.max(known, command.revision));
    else if (command.revision < known) stale++;
  }
  return stale;
}

const purple: Command = { area: "north-america", shirt: "purple", revision: 1 };
const blue: Command = { area: "north-america", shirt: "blue", revision: 2 };

export function main(print: (line: string) => void): void {
  const events: Event[] = [
    { type: "accepted", command: purple },
    { type: "landed", command: purple },
    { type: "accepted", command: blue },
    { type: "landed", command: purple },
    { type: "landed", command: blue },
  ];
  print(`stale steps: ${staleSteps(events)}, and it should be 1`);
}
