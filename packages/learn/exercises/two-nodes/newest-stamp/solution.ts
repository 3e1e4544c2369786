/** What counts is the age of the command, not of the write: the revision is the stamp. */
import type { Command } from "@shirts/story";

interface Write {
  readonly command: Command;
  /** What the clock of the writing node says. */
  readonly clockMs: number;
}

/** A write is newer when this number is higher. */
export function stampOf(write: Write): number {
  return write.command.revision;
}
