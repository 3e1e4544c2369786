/**
 * A worker's step that asks first and paints second. Between the two, the president may change his mind.
 * Make the question and the paint one transaction.
 */
import type { Colour, Command } from "@shirts/story";

/** A table with two ways in. `read` and `write` take a moment each; in a `transaction` nobody comes between. */
export interface Table {
  revision(): Promise<number>;
  write(step: number, shirt: Colour): Promise<void>;
  transaction(
    inside: (now: { revision: number; write(step: number, shirt: Colour): void }) => void,
  ): Promise<void>;
}

/** Paints a step unless a newer command is out. Answers whether it painted. */
export async function paint(table: Table, { revision, shirt }: Command, step: number): Promise<boolean> {
  if ((await table.revision()) !== revision) return false;
  await table.write(step, shirt);
  return true;
}
