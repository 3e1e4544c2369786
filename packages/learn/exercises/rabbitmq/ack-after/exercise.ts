import { play } from "@shirts/basics/play";
import { go, sleep } from "@shirts/chan";
import { BoundError } from "@shirts/chan/testing";
import type { Print } from "@shirts/learn";
import { counted, exercise } from "@shirts/learn/exercise";
import { leaving } from "../../support/unhandled.ts";
import { Queue } from "../queue.ts";

type Worker = typeof import("./given.ts").worker;

const ORDERS = ["order 1", "order 2", "order 3", "order 4"];
/** Long enough for any worker here to paint all orders. */
const DAY_MS = 86_400_000;

interface Case {
  readonly prefetch: number;
  readonly paintMs: number;
  /** The first worker dies while it paints this order, and a second one comes. Without it nobody dies. */
  readonly diesAt?: string;
  /** For this order there is no paint at first: painting it throws, once. */
  readonly failsAt?: string;
}

const HOUR_MS = 3_600_000;

const cases: readonly Case[] = [
  { prefetch: 1, paintMs: 100 },
  { prefetch: 1, paintMs: 100, diesAt: "order 2" },
  { prefetch: 3, paintMs: 5000, diesAt: "order 1" },
  { prefetch: 2, paintMs: 10, diesAt: "order 4" },
  // Longer than anybody sleeps who guesses when the paint is dry.
  { prefetch: 1, paintMs: 3 * HOUR_MS, diesAt: "order 2" },
  { prefetch: 1, paintMs: 100, failsAt: "order 2" },
];

/** Lets the workers paint for some days, and prints what happens. */
async function rehearse(worker: Worker, { prefetch, paintMs, diesAt, failsAt }: Case, print: Print) {
  const queue = new Queue(ORDERS, print);
  const painted: string[] = [];
  const paints = (order: string): void => {
    painted.push(order);
    print(`painted: ${order}`);
  };
  let hasFailed = false;
  const day = async (): Promise<void> => {
    const first = queue.consume(prefetch);
    go(worker, first.messages, async (order: string) => {
      await sleep(paintMs / 2);
      if (order === diesAt) {
        // The process is gone: its connection ends, and this never returns.
        print(`the worker dies while it paints ${order}`);
        first.end();
        await sleep(2 * DAY_MS);
      }
      await sleep(paintMs / 2);
      if (order === failsAt && !hasFailed) {
        hasFailed = true;
        throw new Error("no paint");
      }
      paints(order);
    });
    if (diesAt !== undefined) {
      await sleep(DAY_MS / 2);
      const second = queue.consume(prefetch);
      go(worker, second.messages, async (order: string) => {
        await sleep(paintMs);
        paints(order);
      });
    }
    await sleep(DAY_MS);
  };
  // Once its work has failed, a worker may end with what it likes. Its process is gone then, and the day is over.
  const isOver = () => hasFailed;
  await leaving(isOver, () => play(day)).catch((error: unknown) => {
    if (!isOver() || error instanceof BoundError) throw error;
  });
  return { queue, painted };
}

function whatHappened({ diesAt, failsAt }: Case): string {
  if (failsAt !== undefined) return `there was no paint for ${failsAt}`;
  return diesAt === undefined ? "nobody died" : `the worker died while it painted ${diesAt}`;
}

async function complainAboutCase(worker: Worker, it: Case): Promise<string | undefined> {
  const { prefetch, diesAt, failsAt } = it;
  const { queue, painted } = await rehearse(worker, it, () => {});
  if (queue.settledTwice !== undefined)
    return `${queue.settledTwice} was settled twice, and then the broker closes the AMQP channel: one ack for each order`;
  const lost = ORDERS.find((order) => !painted.includes(order) && queue.acked.includes(order));
  if (lost !== undefined)
    return `${whatHappened(it)}, and ${lost} was acked and never painted: the broker has forgotten it`;
  // What a worker does that has failed is another exercise.
  if (failsAt !== undefined) return undefined;
  const twice = ORDERS.find((order) => painted.filter((it) => it === order).length > 1);
  if (diesAt === undefined && twice !== undefined)
    return `nobody died, and ${twice} was painted twice: an order that is painted is acked, and does not come again`;
  const missing = ORDERS.filter((order) => !painted.includes(order));
  if (missing.length > 0)
    return `prefetch ${prefetch}: the worker has ${counted(prefetch, "order")} in hand and acked ${queue.acked.length}, so the broker sends no more, and ${missing[0]} is never painted`;
  const unacked = queue.unsettled;
  if (unacked.length > 0)
    return `all orders are painted, and ${unacked[0]} is not acked: it comes again when the connection ends, and is painted twice`;
  return undefined;
}

export const ackAfter = exercise({
  task: `A worker acks an order and then paints it. When it dies in between, the order is lost: the broker has forgotten it, and nobody has done it.
Let no order be lost, whenever the worker dies. Move one line.`,
  law: "an order is acked when it is painted, so one whose worker dies comes again",
  hints: [
    "An ack says: done, forget it. When is that true?",
    "What does the broker do with a message without an ack, when the connection ends?",
    "First the work, then the ack.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  run: async ({ worker }, print) => {
    await rehearse(worker, { prefetch: 1, paintMs: 100, diesAt: "order 2" }, print);
  },
  async complaint({ worker }) {
    for (const it of cases) {
      const complaint = await complainAboutCase(worker, it);
      if (complaint !== undefined) return complaint;
    }
    return undefined;
  },
});
