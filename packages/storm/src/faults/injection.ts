/** What a fault is, and what it may touch. */
import type { Area, Command, TraceEvent } from "@shirts/story";
import type { Arena, Slot } from "../arena.ts";
import type { Random } from "../random.ts";

export interface Injection {
  readonly arena: Arena;
  readonly random: Random;
  /** The commands of this story so far, oldest first. */
  readonly commands: () => readonly Command[];
  /** What was heard so far in this story. */
  readonly trace: readonly TraceEvent[];
  /** Resolves when the story's last command has been given. */
  readonly allGiven: Promise<void>;
  /** Gives one command more, and waits for a moment. A table that does not take it is no error here. */
  readonly giveOne: (area?: Area) => Promise<void>;
  /** Notes a command that somebody else gave. */
  readonly note: (command: Command) => void;
  /** Leaves something broken until the story is quiet. */
  readonly whenQuiet: (repair: () => Promise<unknown>) => void;
  /** The table has a new world; commands of before do not count any more. */
  readonly newWorld: () => Promise<void>;
  /** The broker may have lost the jobs of all commands so far. */
  readonly loseJobs: () => void;
  /**
   * The broker was killed, and may have lost the jobs of all commands so far for good, if the queue of jobs had been deleted and
   * declared again before: RabbitMQ 4.3.6 then forgets what it had confirmed, about once in twenty kills. The table says whether
   * anything is left to do.
   */
  readonly forgetJobs: () => void;
  /** Something that a person has to do: the story did not become right by itself. */
  readonly byPerson: (deed: () => Promise<void>) => Promise<void>;
  /** Tells what must not be. The story is wrong then. */
  readonly complain: (line: string) => void;
}

/** A fault is injected into a running story, and resolves when it is over. */
export type Fault = (injection: Injection) => Promise<void>;

export function victim({ arena, random }: Injection): Slot {
  return random.pick(arena.slots);
}
