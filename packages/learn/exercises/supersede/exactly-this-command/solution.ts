/** A job passes when the table has accepted exactly this command. That it may be old is no matter of admission: the worker drops it. */
import type { Area, Colour, Command } from "@shirts/story";

export interface Table {
  /** The shirt that the table has accepted under this revision; undefined when it has never given it. */
  acceptedShirt(area: Area, revision: number): Promise<Colour | undefined>;
  /** The newest revision of the area. */
  newest(area: Area): Promise<number>;
}

/** Whether the worker may see the job. */
export async function admits(table: Table, command: Command): Promise<boolean> {
  return (await table.acceptedShirt(command.area, command.revision)) === command.shirt;
}
