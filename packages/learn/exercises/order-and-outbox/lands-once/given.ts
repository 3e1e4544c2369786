/**
 * At least once means: perhaps twice. The table notes each step that has landed, and a step that comes again must do nothing. This
 * note is too short: BLUE's step 0 looks like PURPLE's. Write what makes a step that step, and no other one.
 */
import type { Command } from "@shirts/story";

/** The name of a step, for the list of steps that have landed. */
export function nameOf(command: Command, step: number): string {
  return `${command.area}, step ${step}`;
}
