/**
 * Admission: each node asks the table about a job, before its worker sees it. This one lets everything pass that is not older than
 * the newest. A job of an earlier world, with revision 1000, would make every real command "older". Write it from the law.
 */
import type { Area, Colour, Command } from "@shirts/story";

export interface Table {
  /** The shirt that the table has accepted under this revision; undefined when it has never given it. */
  acceptedShirt(area: Area, revision: number): Promise<Colour | undefined>;
  /** The newest revision of the area. */
  newest(area: Area): Promise<number>;
}

/** Whether the worker may see the job. */
export async function admits(table: Table, command: Command): Promise<boolean> {
  return command.revision >= (await table.newest(command.area));
}
