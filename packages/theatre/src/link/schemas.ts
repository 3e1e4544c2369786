/** What each kind of link holds. A link comes from anybody: what is not said here is refused, and every list has an end. */
import { checkStory, type Fault, type FaultKind, type Story, stages } from "@shirts/sim";
import { areas, colours } from "@shirts/story";
import { z } from "zod";
import { axes, POINTS, RANGES, type Setting } from "../modes/chance/setting.ts";

/** More nodes than this do not fit the picture. */
const NODES_MAX = 10;
const whole = z.int().nonnegative();
const stage = z.enum(stages.map(({ name }) => name));
const seed = z.int().min(0).max(2_147_483_647);

const ofNode = { node: whole, forMs: whole };

/** Each kind of fault, and what it has beside its moment. */
const faults: Readonly<Record<FaultKind, z.ZodRawShape>> = {
  "lost-cancel": ofNode,
  crash: ofNode,
  pause: ofNode,
  disconnect: ofNode,
  "broker-restart": { forMs: whole },
  duplicate: { command: whole },
  slow: ofNode,
  delay: ofNode,
  terminate: ofNode,
  "lost-answer": ofNode,
  "delivery-limit": ofNode,
  "president-death": { command: whole },
  "deleted-queue": {},
  prepare: { forMs: whole },
  foreign: {},
  forged: {},
};

/** One shape for each kind, so that an error names the field and not 16 alternatives. */
const fault = z.discriminatedUnion(
  "kind",
  Object.entries(faults).map(([kind, fields]) =>
    z.strictObject({ kind: z.literal(kind), atMs: whole, ...fields }),
  ) as unknown as [z.ZodObject<{ kind: z.ZodLiteral<string> }>],
) as unknown as z.ZodType<Fault>;

const story = z
  .strictObject({
    steps: whole,
    latencyMs: whole,
    nodes: z.array(z.strictObject({ paceMs: whole })).max(NODES_MAX),
    commands: z.array(z.strictObject({ atMs: whole, area: z.enum(areas), shirt: z.enum(colours) })).max(20),
    faults: z.array(fault).max(20),
    delays: z.record(z.string().max(100), whole.max(1_000_000)).optional(),
  })
  .transform((read, context) => {
    // Its types cannot say "missing, but never undefined"; text of JSON has no undefined.
    const checked = read as Story;
    try {
      checkStory(checked);
    } catch (error) {
      context.addIssue({ code: "custom", message: (error as Error).message });
    }
    return checked;
  });

const inRange = Object.fromEntries(
  Object.entries(RANGES).map(([field, [min, max]]) => [field, whole.min(min).max(max)]),
) as Record<keyof Setting, typeof whole>;

export const kinds = {
  /** One story, or the same one for two stages, at a moment: so many events have happened. */
  watch: z.strictObject({ stage, beside: stage.optional(), story, seed, moment: whole.optional() }),
  /** A level, and the events that were chosen so far. */
  schedule: z.strictObject({
    level: z.string().max(60),
    moves: z
      .array(z.union([whole, z.string().max(120)]))
      .max(2000)
      .readonly(),
  }),
  /** The curve over one axis, and the mark on it. */
  chance: z.strictObject({
    axis: z.enum(axes),
    mark: whole.max(POINTS - 1),
    setting: z.strictObject(inRange),
  }),
} as const;

export type Kind = keyof typeof kinds;
export type Value<K extends Kind> = z.infer<(typeof kinds)[K]>;
