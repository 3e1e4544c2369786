/** The broker of a play: the one that AMQP_URL names, one that answers on this machine's usual port, or one started here. */
import { AmqpError, connect, type Rabbit } from "@shirts/amqp";
import { brokerName, isEmbedded } from "../names.ts";
import { DEFAULT_AMQP_URL } from "../node/settings.ts";
import type { Child } from "../processes/child.ts";
import { hostOf, serve } from "./serve.ts";

interface BrokerService {
  readonly rabbit: Rabbit;
  readonly url: string;
  /** One line for people. */
  readonly about: string;
}

interface Search {
  /** What AMQP_URL says. */
  readonly named?: string | undefined;
  /** Where one may be that nobody has named. */
  readonly usual?: string;
  /** How long what is there may take for its answer, in milliseconds. */
  readonly limitMs?: number;
  /** Starts a broker of our own. Default: as a process. */
  readonly startOwn?: () => Promise<string>;
}

/** Two demos on one broker would take each other's jobs and hear each other's cancels. */
const DEMO_LOCK = "shirts_demo";

/** Throws AmqpError when a broker that was named does not answer. What is started goes into `children`. */
export async function openBroker(
  children: Child[],
  {
    named = process.env.AMQP_URL,
    usual = DEFAULT_AMQP_URL,
    limitMs = 5_000,
    startOwn = () => serve("the embedded broker", "broker/src/main.ts", ["--port", "0"], children),
  }: Search = {},
): Promise<BrokerService> {
  if (named && named !== "embedded") return namedBroker(named);
  const found = named === "embedded" ? OWN : await usualBroker(usual, limitMs);
  if (typeof found !== "string") return found;
  const url = await startOwn();
  return { rabbit: await president(url), url, about: `broker  embedded, over TCP at ${hostOf(url)}${found}` };
}

async function namedBroker(url: string): Promise<BrokerService> {
  const rabbit = await president(url);
  if (await rabbit.lock(DEMO_LOCK))
    return { rabbit, url, about: `broker  ${brokerName(rabbit.server)}, which AMQP_URL names` };
  await rabbit.close();
  throw new Error(
    "Another `npm start` is playing on the broker that AMQP_URL names. Wait until it has ended, or leave AMQP_URL out: then this one starts its own broker.",
  );
}

/** How a broker of our own is told when nothing speaks against another one. */
const OWN = " (AMQP_URL names a real RabbitMQ)";

/** What answers on the usual port; or why one of our own is needed, as the end of its line. */
async function usualBroker(url: string, limitMs: number): Promise<BrokerService | string> {
  try {
    const rabbit = await president(url, limitMs);
    const name = brokerName(rabbit.server);
    if (await rabbit.lock(DEMO_LOCK)) {
      const of = isEmbedded(rabbit.server) ? " of another terminal, on" : ", which answers on";
      return { rabbit, url, about: `broker  ${name}${of} ${hostOf(url)}` };
    }
    await rabbit.close();
    return `; another \`npm start\` is playing on ${name} on ${hostOf(url)}`;
  } catch (error) {
    if (!(error instanceof AmqpError)) throw error;
    return error.kind === "no-broker" ? OWN : `; passed by: ${error.message}`;
  }
}

function president(url: string, connectTimeoutMs?: number): Promise<Rabbit> {
  return connect(url, { name: "president", ...(connectTimeoutMs !== undefined && { connectTimeoutMs }) });
}
