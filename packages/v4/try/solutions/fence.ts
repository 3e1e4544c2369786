/** The question and the paint are one: a newer command is accepted before both or after both. */
import type { Command } from "@shirts/story";
import type { Table } from "../fence.ts";

export async function paint(table: Table, { revision, shirt }: Command, step: number): Promise<boolean> {
  let painted = false;
  await table.transaction((now) => {
    if (now.revision !== revision) return;
    now.write(step, shirt);
    painted = true;
  });
  return painted;
}
