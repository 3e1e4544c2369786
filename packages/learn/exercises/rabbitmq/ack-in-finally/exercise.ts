import { play } from "@shirts/basics/play";
import { go, sleep } from "@shirts/chan";
import type { Print } from "@shirts/learn";
import { exercise } from "@shirts/learn/exercise";
import { Queue } from "../queue.ts";

type Worker = typeof import("./given.ts").worker;

const ORDERS = ["order 1", "order 2", "order 3"];

interface Case {
  readonly what: string;
  /** How often each worker fails with order 2 before it can paint it. */
  readonly failures: readonly number[];
}

const cases: readonly Case[] = [
  { what: "the paint for order 2 comes late", failures: [2] },
  { what: "the first worker has no paint for order 2, and the second one has", failures: [Infinity, 0] },
  { what: "nobody fails", failures: [0] },
];

/** Lets one worker for each number of failures paint for ten seconds, and prints what happens. */
async function rehearse(worker: Worker, failures: readonly number[], print: Print) {
  const queue = new Queue(ORDERS, print);
  const painted: string[] = [];
  let ended: unknown;
  await play(async () => {
    for (const [i, most] of failures.entries()) {
      let failed = 0;
      // The second worker comes later, so the first one has order 2 in hand by then.
      await sleep(50 * i);
      const { messages } = queue.consume(1);
      const paint = async (order: string): Promise<void> => {
        await sleep(i === 0 ? 10 : 100);
        if (order === "order 2" && ++failed <= most) throw new Error("no paint");
        painted.push(order);
        print(`painted: ${order}`);
      };
      go(async () => {
        try {
          await worker(messages, paint, print);
        } catch (error) {
          ended ??= error;
        }
      });
    }
    await sleep(10_000);
  });
  return { queue, painted, ended };
}

async function complainAboutCase(worker: Worker, { what, failures }: Case): Promise<string | undefined> {
  const { queue, painted, ended } = await rehearse(worker, failures, () => {});
  if (queue.settledTwice !== undefined)
    return `${what}: ${queue.settledTwice} was settled twice, and then the broker closes the AMQP channel: ack it or give it back`;
  if (ended !== undefined)
    return `${what}: the worker ended with "${String(ended)}", and an order that fails must not end it`;
  const lost = ORDERS.find((order) => queue.acked.includes(order) && !painted.includes(order));
  if (lost !== undefined)
    return `${what}: ${lost} failed and was acked, so the broker has forgotten it, and nobody will paint it`;
  const stuck = queue.unsettled[0];
  if (stuck !== undefined && painted.includes(stuck))
    return `${what}: ${stuck} is painted and not acked, so it comes again`;
  if (stuck !== undefined)
    return `${what}: ${stuck} was neither acked nor given back, so it stays in the hand of a worker that cannot do it, and no other one gets it`;
  const twice = ORDERS.find((order) => painted.filter((it) => it === order).length > 1);
  return twice === undefined ? undefined : `${what}: ${twice} was painted twice, and one of them was enough`;
}

export const ackInFinally = exercise({
  task: `Spot the mistake. RabbitMQ's own tutorial had it (rabbitmq/rabbitmq-tutorials#254): a finally runs when the work has failed, too.
Let an order that fails go back into the queue with nack(), and let the worker go on.`,
  law: "an order is acked when it is painted and given back when that failed, each exactly once",
  hints: [
    "When does a `finally` run?",
    "There are two ends, and each of them has its own word to the broker.",
    "The ack stands after the work, in the `try`. The nack stands in the `catch`.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  run: async ({ worker }, print) => {
    await rehearse(worker, [2], print);
  },
  async complaint({ worker }) {
    for (const it of cases) {
      const complaint = await complainAboutCase(worker, it);
      if (complaint !== undefined) return complaint;
    }
    return undefined;
  },
});
