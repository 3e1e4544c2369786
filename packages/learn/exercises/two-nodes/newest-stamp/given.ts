/**
 * "Then let the newest write win": each person has a stamp beside his shirt, and the table takes a write only when its stamp is
 * not older than the one that is there. This stamp is the worker's clock. PURPLE's soldier comes by last, so his stamp is newer.
 */
import type { Command } from "@shirts/story";

interface Write {
  readonly command: Command;
  /** What the clock of the writing node says. */
  readonly clockMs: number;
}

/** A write is newer when this number is higher. */
export function stampOf(write: Write): number {
  return write.clockMs;
}
