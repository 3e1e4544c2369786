/** `pnpm --filter fan-in start worker` or `start fan-in`; without a name it lists them. */
import { parseArgs } from "node:util";
import { explain } from "@shirts/cluster/advice";
import { ORDERS } from "./president.ts";
import { type Kind, PACE, runWorkshop } from "./workshop.ts";

const USAGE = `The programs of part 2, one per chapter:

  pnpm --filter fan-in start worker              polls the table once a second
  pnpm --filter fan-in start worker --poll 250   polls more often (milliseconds)
  pnpm --filter fan-in start fan-in              hears each new state over the exchange

AMQP_URL names a RabbitMQ; without it the program brings its own broker.`;

function readArguments(): { kind: Kind; pollMs: number } | undefined {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { poll: { type: "string", default: String(PACE.pollMs) } },
  });
  const [name, ...rest] = positionals;
  if (name === undefined) return undefined;
  if ((name !== "worker" && name !== "fan-in") || rest.length > 0)
    throw new RangeError(`no program "${positionals.join(" ")}"; there are worker, fan-in`);
  const pollMs = Number(values.poll);
  if (!/^\d+$/.test(values.poll) || pollMs < 1 || pollMs > 60_000)
    throw new RangeError(`--poll takes milliseconds, from 1 to 60000, not "${values.poll}"`);
  return { kind: name, pollMs };
}

function fail(error: unknown, exitCode: number): void {
  console.error(`fan-in: ${explain(error)}`);
  process.exitCode = exitCode;
}

let wish: ReturnType<typeof readArguments>;
try {
  wish = readArguments();
  if (wish === undefined) console.log(USAGE);
} catch (error) {
  fail(error, 2);
}
if (wish !== undefined) {
  const { kind, pollMs } = wish;
  try {
    const old = await runWorkshop(kind, { ...PACE, pollMs }, console.log, {
      amqpUrl: process.env.AMQP_URL || undefined,
    });
    console.log(`${old} of ${ORDERS} shirts were dyed in an old state`);
  } catch (error) {
    fail(error, 1);
  }
}
