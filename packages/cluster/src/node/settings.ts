/** A node's settings: from its flags and its environment, checked before anything is opened. */
import { type Values, wholeNumber } from "@shirts/command-line";
import { DEFAULT_DATABASE_URL } from "@shirts/table";

/** Where RabbitMQ is when nobody says otherwise: what `pnpm broker` opens. */
export const DEFAULT_AMQP_URL = "amqp://guest:guest@127.0.0.1:5672";

export interface Settings {
  readonly name: string;
  readonly amqpUrl: string;
  readonly databaseUrl: string;
  /** Milliseconds that one step takes to walk. */
  readonly paceMs: number;
  /** Steps per job. */
  readonly steps: number;
  /** How long running jobs may go on after SIGTERM, in milliseconds. */
  readonly drainMs: number;
  /** Trace events as JSON lines instead of sentences. */
  readonly json: boolean;
  /** End when stdin closes, so that a node never outlives the demo that started it. */
  readonly parentPipe: boolean;
}

export const OPTIONS = {
  name: { type: "string" },
  pace: { type: "string", default: "100" },
  steps: { type: "string", default: "100" },
  drain: { type: "string", default: "10000" },
  json: { type: "boolean", default: false },
  "parent-pipe": { type: "boolean", default: false },
} as const;

export function usage(stage: string): string {
  return `One node of ${stage}: a process that takes jobs from RabbitMQ and paints people in the table.

  --name NAME    the node's name (default: ${stage}-PROCESSID)
  --pace MS      milliseconds per step (default 100)
  --steps N      steps per job (default 100)
  --drain MS     after SIGTERM, how long a running job may go on (default 10000)
  --json         trace events as JSON, one per line
  --parent-pipe  end when standard input closes
  --help         this text

  AMQP_URL       the broker   (default ${DEFAULT_AMQP_URL}: \`pnpm broker\`, or RabbitMQ)
  DATABASE_URL   the table    (default ${DEFAULT_DATABASE_URL}: \`pnpm world\`, or PostgreSQL)
`;
}

/** Throws UsageError. */
export function readSettings(stage: string, flags: Values<typeof OPTIONS>, env: NodeJS.ProcessEnv): Settings {
  return {
    name: flags.name ?? `${stage}-${process.pid}`,
    amqpUrl: env.AMQP_URL || DEFAULT_AMQP_URL,
    databaseUrl: env.DATABASE_URL || DEFAULT_DATABASE_URL,
    paceMs: wholeNumber("--pace", flags.pace, 0, 3_600_000),
    steps: wholeNumber("--steps", flags.steps, 1, 10_000),
    drainMs: wholeNumber("--drain", flags.drain, 0, 3_600_000),
    json: flags.json,
    parentPipe: flags["parent-pipe"],
  };
}
