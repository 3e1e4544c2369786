/** `pnpm president blue`: the president commands one shirt, or sends again what was lost, for workers in other terminals. */
import { connect, type Rabbit } from "@shirts/amqp";
import { program, UsageError, type Values } from "@shirts/command-line";
import {
  type Area,
  areaName,
  areas,
  type Colour,
  colours,
  type EventBody,
  isArea,
  type Stage,
  stages,
} from "@shirts/story";
import { DEFAULT_DATABASE_URL, openTable } from "@shirts/table";
import { commandText } from "@shirts/terminal";
import { withAdvice } from "../advice.ts";
import { colourOf, stageOf } from "../flags.ts";
import { brokerName, tableName, worksWith } from "../names.ts";
import { DEFAULT_AMQP_URL } from "../node/settings.ts";
import { command, type Dependencies, declareJobs, missed, type Resent, resend } from "./president.ts";

const NAME = "president";

const USAGE = `The president commands: everybody in an area wears this shirt.

  pnpm president SHIRT [--area AREA] [--stage STAGE]
  pnpm president --resend [--stage STAGE]
  pnpm president --renew [--stage STAGE]

  SHIRT    ${colours.join(", ")}
  --area   ${areas.join(", ")} (default north-america)
  --stage  ${stages.join(", ")} (default: the one whose workers are running)
  --resend sends again the commands that no broker has confirmed; in v4 also each area's newest one when it is not finished.
           Nodes of v4 do it by themselves within seconds; only by hand comes back what was given up because it killed nodes
           Makes the people again that a crash of PostgreSQL took away
  --renew  after a restored backup, or a failover that may have lost a commit: gives the world a new name, so that no number
           of before counts any more, and sends again. End the nodes first

AMQP_URL and DATABASE_URL name the broker and the table (default: \`pnpm broker\` and \`pnpm world\`).
`;

const OPTIONS = {
  area: { type: "string", default: "north-america" },
  stage: { type: "string" },
  resend: { type: "boolean", default: false },
  renew: { type: "boolean", default: false },
} as const;

interface Order {
  readonly area: Area;
  /** Undefined: nothing new, only what was missed. */
  readonly shirt: Colour | undefined;
  readonly stage: Stage | undefined;
  /** Gives the world a new name first. */
  readonly isRenewing: boolean;
}

/** Throws UsageError. */
function readOrder(values: Values<typeof OPTIONS>, [shirt, ...others]: readonly string[]): Order {
  const { area, renew } = values;
  const resend = values.resend || renew;
  if (shirt === undefined && !resend)
    throw new UsageError(`Which shirt? One of ${colours.join(", ")}. --help says more.`);
  if (shirt !== undefined && resend)
    throw new UsageError("--resend and --renew take no shirt: they send earlier commands again.");
  if (others.length > 0) throw new UsageError("One shirt at a time.");
  if (!isArea(area)) throw new UsageError(`There is no area "${area}". Areas: ${areas.join(", ")}.`);
  return {
    area,
    shirt: shirt === undefined ? undefined : colourOf(shirt),
    stage: values.stage === undefined ? undefined : stageOf(values.stage),
    isRenewing: renew,
  };
}

/** Resolves with false when something could not be sent again. */
async function govern({ area, shirt, stage: named, isRenewing }: Order): Promise<boolean> {
  const table = await openTable(process.env.DATABASE_URL || DEFAULT_DATABASE_URL, { name: NAME });
  const rabbit = await connect(process.env.AMQP_URL || DEFAULT_AMQP_URL, { name: NAME });
  // Before it asks for a worker: without a world no worker could do anything.
  await table.world();
  // Not on stdout: what is read from there stays as it was.
  process.stderr.write(`${worksWith(NAME, brokerName(rabbit.server), tableName(table.server))}\n`);
  const stage = named ?? (await runningStage(rabbit));
  if (isRenewing) {
    await table.renew();
    process.stdout.write("The world has a new name: no job, cancel or step of before counts any more.\n");
  }
  if (shirt === undefined) tellMade(await table.repopulate(), stage);
  await declareJobs(rabbit, stage);
  const dependencies: Dependencies = { rabbit, table, report };
  const orders = await missed(dependencies, stage, { unfinished: shirt === undefined });
  // By hand also what was given up: somebody has looked at it.
  if (shirt === undefined) for (const order of orders) await table.revive(order);
  // Not awaited yet: what cannot be sent must not hold up the new command.
  const resent = resend(dependencies, stage, orders);
  if (shirt !== undefined) {
    const order = await command(dependencies, stage, area, shirt, () => {});
    process.stdout.write(
      `Commanded ${commandText(order)}, revision ${order.revision}, to the workers of ${stage}.\n`,
    );
  } else if (orders.length === 0) process.stdout.write(`Nothing of ${stage} was missed.\n`);
  const failures = (await resent).filter(tellResent);
  await rabbit.close();
  await table.close();
  return failures.length === 0;
}

/** A crash of PostgreSQL leaves commands, and no people. */
function tellMade(made: readonly Area[], stage: Stage): void {
  if (made.length === 0) return;
  const advice = stage === "v4" ? "" : ` Only v4 paints them by itself: command ${stage} again.`;
  process.stdout.write(
    `The people of ${made.map(areaName).join(" and ")} were gone. They are made again, in white.${advice}\n`,
  );
}

/** True when it failed. */
function tellResent({ order, failure }: Resent): boolean {
  const what = `${commandText(order)}, revision ${order.revision}`;
  if (failure === undefined) process.stdout.write(`Sent again: ${what}.\n`);
  else process.stderr.write(`${NAME}: not sent again: ${what}: ${failure}\n`);
  return failure !== undefined;
}

function report(event: EventBody): void {
  if (event.type === "cancel lost")
    process.stderr.write(
      `${NAME}: the announcement was not sent, and the job works without it: ${event.reason}\n`,
    );
}

/** The one stage that has workers on this broker. Throws UsageError when none or several have. */
async function runningStage(rabbit: Rabbit): Promise<Stage> {
  const running: Stage[] = [];
  for (const stage of stages) {
    const queue = await declareJobs(rabbit, stage);
    if ((await rabbit.depth(queue)).consumers > 0) running.push(stage);
  }
  const [only, ...others] = running;
  if (only && others.length === 0) return only;
  throw new UsageError(
    only
      ? `Workers of ${running.join(" and ")} are running: say which with --stage.`
      : "No worker is running. Start one (pnpm --filter v2 worker), or say with --stage which stage gets the job.",
  );
}

await program({
  name: NAME,
  usage: USAGE,
  options: OPTIONS,
  positionals: "words",
  explain: withAdvice,
  async main(values, words) {
    return (await govern(readOrder(values, words))) ? 0 : 1;
  },
});
