/**
 * What a live play and its page say to each other. The page checks what it hears, and the play checks what it is asked: each of
 * them is another program, perhaps of another version.
 */
import {
  type AreaVerdict,
  areaShape,
  colours,
  type Stage,
  stages,
  type TraceEvent,
  verdictShape,
} from "@shirts/story";
import { z } from "zod";

/** A play keeps so many events for a page that comes later. */
export const EVENTS_KEPT = 50_000;

const nodeName = z.string().min(1).max(40);

/** What a page may ask a play to do. */
export const actionShape = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("command"), area: areaShape, shirt: z.enum(colours) }),
  /** A new node; with a name, a node that has ended comes back. */
  z.strictObject({ do: z.literal("start"), node: nodeName.optional() }),
  z.strictObject({ do: z.literal("freeze"), node: nodeName }),
  z.strictObject({ do: z.literal("wake"), node: nodeName }),
  z.strictObject({ do: z.literal("kill"), node: nodeName }),
  /** Cuts the node's connections to the broker; it connects again. */
  z.strictObject({ do: z.literal("cut"), node: nodeName }),
  /** Holds back all between the node and the broker, until `release`. */
  z.strictObject({ do: z.literal("hold"), node: nodeName }),
  z.strictObject({ do: z.literal("release"), node: nodeName }),
  /** Counts the table now. */
  z.strictObject({ do: z.literal("count") }),
  z.strictObject({ do: z.literal("end") }),
]);

export type Action = z.infer<typeof actionShape>;

const verdict = verdictShape.transform((it): AreaVerdict => ({ ...it, commanded: it.commanded }));

/** The names of the states in a play's feed, and what each says. */
export const stateShapes = {
  play: z.object({
    stage: z.enum(stages as readonly [Stage, ...Stage[]]),
    steps: z.int().positive().max(10_000),
    /** People per area. */
    people: z.partialRecord(areaShape, z.int().positive()),
    /** A line each: which broker and which table it plays on. */
    about: z.array(z.string()),
    /** Why it is over; missing while it goes on. */
    over: z.string().optional(),
  }),
  nodes: z.array(
    z.object({
      name: nodeName,
      /** The operating system's number of its process. */
      pid: z.int().nonnegative(),
      paceMs: z.int().nonnegative(),
      state: z.enum(["starting", "running", "frozen", "ended"]),
      /** True while its connection to the broker is held back. */
      isHeld: z.boolean(),
    }),
  ),
  /** What the table counted last. `isAtRest`: every job was acked by then, so no step is still to come. */
  verdict: z.object({
    verdicts: z.array(verdict),
    isAtRest: z.boolean(),
    /** How many events had been told when the count began: what came later may be in it or not. */
    after: z.int().nonnegative(),
    /** Why it could not be counted. */
    failure: z.string().optional(),
  }),
} as const;

export type States = { readonly [Name in keyof typeof stateShapes]: z.infer<(typeof stateShapes)[Name]> };

export type NodeState = States["nodes"][number];

/** What each event of a play's feed is. */
export type { TraceEvent };
