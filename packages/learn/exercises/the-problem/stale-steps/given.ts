/**
 * Stale steps: a step of an older command that lands after a newer one of its area was accepted. A run can be right in the end
 * and have had some; then it was lucky. This counts with hindsight: also steps that landed when nothing newer was accepted yet.
 */
import type { Command } from "@shirts/story";

/** What happened, in order: a command was accepted, or a step of one has landed. */
export interface Event {
  readonly type: "accepted" | "landed";
  readonly command: Command;
}

export function staleSteps(events: readonly Event[]): number {
  const newest = Math.max(...events.map(({ command }) => command.revision));
  let stale = 0;
  for (const { type, command } of events) if (type === "landed" && command.revision < newest) stale++;
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
