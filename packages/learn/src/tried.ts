/** Plays a reader's program, and lets the exercise say why waiting for ever, or a panic, breaks its law. */
import { type Played, play } from "@shirts/basics/play";
import type { Print } from "@shirts/basics/print";
import { CloseOfClosedChannelError, SendOnClosedChannelError } from "@shirts/chan";
import { BoundError, DeadlockError } from "@shirts/chan/testing";

export interface Reasons {
  /** The case, told before anything else: "with 0 steps". */
  readonly when?: string;
  /** What to say when all routines wait for ever. */
  readonly asleep?: string;
  /** What to say to a send on a closed chan and to a second close. */
  readonly panic?: string;
  /** What to say to a loop that never waits, or that sleeps without an end. */
  readonly spins?: string;
}

/** Why what was thrown (its cause) breaks the law, and in which case. */
export class ReasonError extends Error {
  override readonly name = "ReasonError";
  readonly when: string | undefined;

  constructor(because: string, when: string | undefined, cause: unknown) {
    super(because, { cause });
    this.when = when;
  }
}

/** The bubble cut the program, in which a loop never waits or sleeps without an end. The other bounds are those of `explore`. */
function isEndless(error: unknown): error is BoundError {
  return error instanceof BoundError && (error.bound === "busy" || error.bound === "timers");
}

/** Plays `program` in fake time. Throws one of `reasons`, with the error as its cause, which the judge tells first; every other error as it is. */
export async function tried(reasons: Reasons, program: (print: Print) => Promise<void>): Promise<Played> {
  try {
    return await play(program);
  } catch (error) {
    const { when, asleep, panic, spins } = reasons;
    if (asleep !== undefined && error instanceof DeadlockError) throw new ReasonError(asleep, when, error);
    if (
      panic !== undefined &&
      (error instanceof SendOnClosedChannelError || error instanceof CloseOfClosedChannelError)
    )
      throw new ReasonError(panic, when, error);
    if (spins !== undefined && isEndless(error)) throw new ReasonError(spins, when, error);
    throw error;
  }
}
