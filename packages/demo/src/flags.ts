/** The demo's flags, checked before anything is started. */
import { colourOf, stageOf } from "@shirts/cluster";
import { checkOwn, fromHere, UsageError, type Values, wholeNumber } from "@shirts/command-line";
import {
  AREAS,
  type Area,
  areas,
  type Colour,
  colours,
  isArea,
  type Population,
  type Stage,
  stages,
} from "@shirts/story";

export interface Flags {
  /** The one stage to play; undefined plays the whole story. */
  readonly stage: Stage | undefined;
  /** The whole path of a file in the place of the stage's worker.ts. */
  readonly worker: string | undefined;
  readonly nodes: number | undefined;
  /** Milliseconds per step, one per node; the last one counts for the rest. */
  readonly pacesMs: readonly number[] | undefined;
  readonly steps: number;
  /** The shirts that the president commands, one after another, in the area of a custom scene. */
  readonly shirts: readonly Colour[];
  readonly area: Area;
  /** Milliseconds between two commands of a custom scene. */
  readonly afterMs: number | undefined;
  readonly population: Population;
  /** True when a flag describes a scene of the caller's own. */
  readonly custom: boolean;
  /** Times are divided by this. */
  readonly speed: number;
  readonly plain: boolean;
  readonly json: boolean;
  /** Plays on a page instead: its president is who looks at it. */
  readonly page: PageFlags | undefined;
}

export interface PageFlags {
  readonly stage: Stage;
  /** 0 takes a free one. */
  readonly port: number;
  /** The file that gets the trace, event by event. */
  readonly keep: string | undefined;
}

export const OPTIONS = {
  stage: { type: "string" },
  worker: { type: "string" },
  nodes: { type: "string" },
  pace: { type: "string" },
  steps: { type: "string", default: "100" },
  shirts: { type: "string" },
  area: { type: "string" },
  after: { type: "string" },
  people: { type: "string" },
  fast: { type: "boolean", default: false },
  plain: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  page: { type: "boolean", default: false },
  port: { type: "string" },
  keep: { type: "string" },
} as const;

const OWN_STAGE: Stage = "v4";

/** Here a frozen node does damage, and one sees why a cancel does not help. */
const PAGE_STAGE: Stage = "v3";

export const USAGE = `Plays the story: a president commands PURPLE, then BLUE, and worker processes paint a million people.

  npm start                     the whole story, a few minutes
  npm start -- --fast           the same at twice the pace
  npm start -- --stage v2       one stage: ${stages.join(", ")}
  npm start -- --worker FILE    a worker of your own, in v4's scenes, or in those of --stage (docs/your-worker.md)

A scene of your own (with --stage or --worker):
  --nodes N        how many node processes, 1 to 8
  --pace MS[,MS]   milliseconds per step, one per node; the last counts for the rest
  --after MS       milliseconds from one command to the next
  --shirts A,B     the commands, in order: ${colours.join(", ")}
  --area AREA      ${areas.join(", ")}

On a page, where you are the president, and freeze and kill nodes:
  --page           plays one stage (--stage, default ${PAGE_STAGE}) until Ctrl-C, and shows the page's link; takes --nodes and --pace, too
  --port N         the page's port on 127.0.0.1 (default: a free one)
  --keep FILE      writes the trace into this file while it plays; the page's "Replay" shows it

  --steps N        steps per job (default 100)
  --people N       people per area (default: ${areas.map((area) => `${area} ${AREAS[area].toLocaleString("en")}`).join(", ")})
  --plain          plain lines instead of moving bars (always so when the output is no terminal)
  --json           trace events, one JSON object per line
  --help           this text

AMQP_URL names a RabbitMQ, DATABASE_URL a PostgreSQL; without them the demo starts its own broker and table.
Without AMQP_URL it first looks for a RabbitMQ on 127.0.0.1:5672; with AMQP_URL=embedded it does not look.
`;

/** Throws UsageError. */
export function readFlags(given: Values<typeof OPTIONS>): Flags {
  // On its own, a worker takes after the last stage.
  const flags = given.worker === undefined ? given : { ...given, stage: given.stage ?? OWN_STAGE };
  const page = readPage(flags);
  const custom = ["nodes", "pace", "shirts", "area", "after"].find((flag) => flag in flags);
  if (custom && !flags.stage && !page)
    throw new UsageError(`--${custom} describes a scene of your own: say which --stage plays it.`);
  const area = flags.area ?? "north-america";
  if (!isArea(area)) throw new UsageError(`There is no area "${area}". Areas: ${areas.join(", ")}.`);
  const people =
    flags.people === undefined ? undefined : wholeNumber("--people", flags.people, 1, 10_000_000);
  return {
    stage: flags.stage === undefined ? undefined : stageOf(flags.stage),
    worker: flags.worker === undefined ? undefined : ownFile(flags.worker),
    nodes: flags.nodes === undefined ? undefined : wholeNumber("--nodes", flags.nodes, 1, 8),
    pacesMs: flags.pace?.split(",").map((pace) => wholeNumber("--pace", pace, 0, 60_000)),
    steps: wholeNumber("--steps", flags.steps, 1, 1000),
    shirts: (flags.shirts ?? "purple,blue").split(",").map(colourOf),
    area,
    afterMs: flags.after === undefined ? undefined : wholeNumber("--after", flags.after, 0, 600_000),
    population: people === undefined ? AREAS : Object.fromEntries(areas.map((name) => [name, people])),
    custom: custom !== undefined,
    speed: flags.fast ? 2 : 1,
    plain: flags.plain || !process.stdout.isTTY,
    json: flags.json,
    page,
  };
}

function ownFile(worker: string): string {
  const file = fromHere(worker);
  checkOwn("--worker", file);
  return file;
}

function readPage(flags: Values<typeof OPTIONS>): PageFlags | undefined {
  const { page, port, keep, stage } = flags;
  if (!page) {
    for (const [flag, value] of Object.entries({ port, keep }))
      if (value !== undefined) throw new UsageError(`--${flag} belongs to --page.`);
    return undefined;
  }
  const given = (["shirts", "area", "after"] as const).find((flag) => flags[flag] !== undefined);
  if (given) throw new UsageError(`With --page you command by its buttons: leave --${given} out.`);
  return {
    stage: stage === undefined ? PAGE_STAGE : stageOf(stage),
    port: wholeNumber("--port", port ?? "0", 0, 65_535),
    keep,
  };
}
