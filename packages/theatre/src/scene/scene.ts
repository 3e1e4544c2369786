/**
 * A scene: all that is to see at one moment of a story. It is made from the events before that moment and from nothing
 * else, so the simulator's story, a live play and a trace from a file look the same. A scene is never changed.
 */
import {
  type Area,
  type AreaVerdict,
  type Cancel,
  type Command,
  People,
  type Shirt,
  type TraceEvent,
} from "@shirts/story";

/** A job that waits in the queue. */
export interface QueuedJob {
  /** The same job keeps its key on its way from the queue to a node and back. */
  readonly key: string;
  readonly command: Command;
  /** It was delivered before, and nobody acked it. */
  readonly isAgain: boolean;
}

/** What a routine does, as far as events tell. */
export type Phase = "begins" | "walks" | "stopped" | "refused" | "superseded";

/** A job that a node has taken and not acked. */
export interface RoutineScene {
  readonly key: string;
  readonly command: Command;
  readonly phase: Phase;
  /** How many steps it has behind it; the next one has this index. */
  readonly done: number;
  /** More than one when the broker has delivered the job to this node again. */
  readonly deliveries: number;
  /** The broker has given the job to others: this ack will go nowhere. */
  readonly isLost: boolean;
}

export type NodeState = "running" | "frozen" | "cut" | "ending" | "down";

export interface NodeScene {
  readonly name: string;
  readonly state: NodeState;
  /** Why it may not send, when the broker says so. */
  readonly blocked: string | undefined;
  readonly routines: readonly RoutineScene[];
  /** The last cancel that it heard from others. */
  readonly heard: Cancel | undefined;
  /** Its name in cancels, once it has sent one. */
  readonly consumerId: string | undefined;
}

/** One copy of a cancel, between its sender and one node. */
export interface CancelOnItsWay {
  readonly key: string;
  readonly cancel: Cancel;
  readonly from: string;
  readonly to: string;
}

/** What only the game knows, and no event tells. */
export interface GameMarks {
  /** The steps that the table has refused since the last move. */
  readonly refused: readonly { readonly area: Area; readonly step: number }[];
  /** Steps that have left their node, and are not at the table. */
  readonly onTheirWay: readonly { readonly node: string; readonly shirt: Shirt; readonly step: number }[];
  /** How many cancels of the president may be heard now. */
  readonly presidentCancels: number;
}

export interface Scene {
  /** How many events have happened. */
  readonly position: number;
  /** The time of the last one, in milliseconds. */
  readonly at: number;
  readonly steps: number;
  readonly areas: readonly Area[];
  /** Treat it as frozen: `copy` it before you apply events. */
  readonly people: People;
  readonly isPresidentDown: boolean;
  readonly queue: readonly QueuedJob[];
  readonly deadLetters: number;
  readonly cancels: readonly CancelOnItsWay[];
  readonly nodes: readonly NodeScene[];
  readonly verdicts: readonly AreaVerdict[];
  /** The event that led here. */
  readonly last: TraceEvent | undefined;
  readonly game?: GameMarks;
}

/** The scene before the first event. `areas` are shown from the start. */
export function emptyScene(steps: number, areas: readonly Area[]): Scene {
  return {
    position: 0,
    at: 0,
    steps,
    areas,
    people: new People(steps),
    isPresidentDown: false,
    queue: [],
    deadLetters: 0,
    cancels: [],
    nodes: [],
    verdicts: [],
    last: undefined,
  };
}
