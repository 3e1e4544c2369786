/** What statements take and give: the values of a step, and the rows of its answer. */
import type { AreaVerdict, Colour, Command } from "@shirts/story";
import { TableError } from "./errors.ts";
import type { Stroke } from "./table.ts";

export type VerdictRow = Omit<AreaVerdict, "commanded" | "wrong"> & { readonly commanded: Colour | null };

export function stepValues(
  { area, revision, shirt, world }: Command,
  step: number,
  { steps, node }: Stroke,
): unknown[] {
  return [area, revision, step, steps, shirt, node, world];
}

/** How many people a step has painted, and how many it should have met. */
export interface Met {
  readonly met: number;
  readonly people: number;
}

export interface FencedMet extends Met {
  readonly here: boolean;
  readonly passed: boolean;
  readonly landed: boolean;
  readonly peopled: boolean;
}

/** A crash of PostgreSQL empties the table of people (it is UNLOGGED): painting nobody is no success then. */
export function checkMet({ area }: Command, step: number, { met, people }: Met): void {
  if (met === people) return;
  throw new TableError(
    `the people are gone: step ${step} of ${area} met ${met} of ${people}. A crash or a failover of PostgreSQL empties their table: \`pnpm president --resend\` makes them again and keeps the commands; after a failover that may have lost a commit, \`pnpm president --renew\` does`,
  );
}
