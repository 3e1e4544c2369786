/** The outbox as its users see it: what waits, who may send it again, and what kills nodes. Part of `Table`. */
import type { Command } from "@shirts/story";

/**
 * A command that may have to be sent again, and all that can happen to it, as counts. Two observations that are equal say that
 * nothing has happened in between, whatever any clock shows.
 */
export interface Waiting {
  readonly command: Command;
  /** Copies that a broker has confirmed. */
  readonly copies: number;
  /** How often a relay began to send it again. */
  readonly sendings: number;
  /** Steps of it that have landed. */
  readonly landed: number;
  /** Walks that began and have not ended in a living process. */
  readonly attempts: number;
  /** Rises as long as the process of one of these walks lives. */
  readonly beats: number;
}

/** One walk of one node. */
export interface Attempt {
  /** No other attempt has it. */
  readonly id: string;
  readonly node: string;
  /** Attempts of the same process: they live, so they count as no kills. */
  readonly living: readonly string[];
}

/** What the table says to an attempt. */
export interface Judgement {
  /** The attempt is not noted, and must not begin. */
  readonly isGivenUp: boolean;
  /** Attempts before this one whose node seems to be killed, with no step landed since they began. */
  readonly kills: number;
}

export interface Outbox {
  /** Notes that the broker has a copy of the command. */
  confirm(command: Command): Promise<void>;
  /** Commands of a stage that the broker may not have, oldest first. */
  unconfirmed(stage?: string): Promise<Command[]>;
  /** The newest command of each area, when it is of this stage and not all its steps have landed. */
  unfinished(stage?: string): Promise<Command[]>;
  /** What a relay watches: both of these, oldest first, without the commands that were given up. */
  waiting(stage: string): Promise<Waiting[]>;
  /** Resolves with true for one of all that have seen the same: it may send the command again. */
  claim(seen: Waiting): Promise<boolean>;
  /** Notes an attempt before its walk begins. After `killsMax` killed ones it gives the command up. */
  begin(command: Command, attempt: Attempt, killsMax: number): Promise<Judgement>;
  /** Says that the processes of these attempts live. */
  beat(ids: readonly string[]): Promise<void>;
  /** Takes attempts back that ended in a living process, however they ended. */
  end(ids: readonly string[]): Promise<void>;
  /** Lets a command that was given up be tried again. Relays and nodes see it as if it had killed nobody. */
  revive(command: Command): Promise<void>;
}
