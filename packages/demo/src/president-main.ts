/** `pnpm president blue`: the president commands one shirt, for the workers that run in other terminals. */
import { connect, type Rabbit } from "@shirts/amqp";
import { DEFAULT_AMQP_URL } from "@shirts/node";
import { areas, dyes, isArea } from "@shirts/story";
import { complain, parseFlags, UsageError } from "@shirts/story/command-line";
import { orderText } from "@shirts/story/ink";
import { DEFAULT_DATABASE_URL, openWorld } from "@shirts/world";
import chalk from "chalk";
import { dyeOf, STAGES, type Stage, stageOf } from "./flags.ts";
import { command, declareJobs, resend } from "./president.ts";

const USAGE = `The president commands: everybody in an area wears this shirt.

  pnpm president SHIRT [--area AREA] [--stage STAGE]

  SHIRT    ${dyes.join(", ")}
  --area   ${areas.join(", ")} (default north-america)
  --stage  ${STAGES.join(", ")} (default: the one whose workers are running)

AMQP_URL and DATABASE_URL name the broker and the table (default: \`pnpm broker\` and \`pnpm world\`).
`;

async function main(): Promise<void> {
  const { values, positionals } = parseFlags({
    allowPositionals: true,
    options: {
      area: { type: "string", default: "north-america" },
      stage: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const [shirtText] = positionals;
  if (values.help || shirtText === undefined) {
    process.stdout.write(USAGE);
    if (!values.help) throw new UsageError("Which shirt?");
    return;
  }
  if (positionals.length > 1) throw new UsageError("One shirt at a time.");
  const shirt = dyeOf(shirtText);
  if (!isArea(values.area))
    throw new UsageError(`There is no area "${values.area}". Areas: ${areas.join(", ")}.`);
  const named = values.stage === undefined ? undefined : stageOf(values.stage);
  const world = await openWorld(process.env.DATABASE_URL || DEFAULT_DATABASE_URL, { name: "president" });
  const rabbit = await connect(process.env.AMQP_URL || DEFAULT_AMQP_URL, { name: "president" });
  const stage = named ?? (await runningStage(rabbit));
  await declareJobs(rabbit, stage);
  for (const missed of await resend({ rabbit, world }, stage)) {
    process.stdout.write(
      `Sent again, since no broker had confirmed it: ${orderText(missed)}, revision ${missed.revision}.\n`,
    );
  }
  const order = await command({ rabbit, world }, stage, values.area, shirt, () => {});
  process.stdout.write(
    `Commanded ${orderText(order)}, revision ${order.revision}, to the workers of ${stage}.\n`,
  );
  await rabbit.close();
  await world.close();
}

/** The one stage that has workers on this broker. Throws UsageError when none or several have. */
async function runningStage(rabbit: Rabbit): Promise<Stage> {
  const running: Stage[] = [];
  for (const stage of STAGES) {
    const queue = await declareJobs(rabbit, stage);
    if ((await rabbit.depth(queue)).consumers > 0) running.push(stage);
  }
  const [only, ...others] = running;
  if (only && others.length === 0) return only;
  throw new UsageError(
    only
      ? `Workers of ${running.join(" and ")} are running: say which with --stage.`
      : "No worker is running. Start one (pnpm --filter v2 worker), or say with --stage who shall have the job.",
  );
}

try {
  await main();
  process.exit(0);
} catch (error) {
  process.exit(complain(chalk.red("✗"), error));
}
