/** Area, revision and step: an idempotency key. The same step has the same name whenever it comes, and no other step has it. */
import type { Command } from "@shirts/story";

/** The name of a step, for the list of steps that have landed. */
export function nameOf(command: Command, step: number): string {
  return `${command.area}, revision ${command.revision}, step ${step}`;
}
