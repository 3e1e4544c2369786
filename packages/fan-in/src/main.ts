/** `pnpm --filter fan-in start rabbitmq`, `start worker` or `start fan-in`; without a name it lists them. */
import { withAdvice } from "@shirts/cluster/advice";
import { program, UsageError, wholeNumber } from "@shirts/command-line";
import { ORDERS } from "./president.ts";
import { rabbitmq } from "./rabbitmq.ts";
import { withBroker } from "./with-broker.ts";
import { BUSY_PACE, PACE, runWorkshop } from "./workshop.ts";

const USAGE = `The programs of part 2, one per chapter:

  pnpm --filter fan-in start rabbitmq            what a broker is: queue, ack, exchange
  pnpm --filter fan-in start worker              polls the table once a second
  pnpm --filter fan-in start worker --poll 250   polls more often (milliseconds)
  pnpm --filter fan-in start fan-in              hears each new state over the exchange: two plain loops, then one select

AMQP_URL names a RabbitMQ; without it, and with AMQP_URL=embedded, the program starts its own broker.`;

await program({
  name: "fan-in",
  usage: USAGE,
  options: { poll: { type: "string", default: String(PACE.pollMs) } },
  positionals: "words",
  explain: withAdvice,
  async main({ poll }, words) {
    const name = words.join(" ");
    if (name === "") return console.log(USAGE);
    const { AMQP_URL: named } = process.env;
    const amqpUrl = named === "embedded" ? undefined : named || undefined;
    if (name === "rabbitmq") return withBroker(amqpUrl, (url) => rabbitmq(url, console.log));
    if (name !== "worker" && name !== "fan-in")
      throw new UsageError(`There is no program "${name}". There are rabbitmq, worker and fan-in.`);
    const pollMs = wholeNumber("--poll", poll, 1, 60_000);
    if (name === "worker") {
      const old = await runWorkshop(name, { ...PACE, pollMs }, console.log, { amqpUrl });
      return console.log(`${old} of ${ORDERS} shirts were dyed in an old state`);
    }
    for (const [kind, what] of [
      ["two-loops", "two plain loops"],
      ["fan-in", "one select"],
    ] as const) {
      console.log(`-- ${what}`);
      const wrong = await runWorkshop(kind, BUSY_PACE, console.log, { amqpUrl });
      console.log(`${wrong} of ${ORDERS} shirts were sewn for nothing (✗)`);
    }
  },
});
