/**
 * The workshop: a president and a tailor with a broker and a table between them. Two queues and an exchange, all real.
 *
 *     orders ──▶ queue tailor_jobs ──▶ the tailor ──▶ queue tailor_results ──▶ inspection
 *     changes ──▶ table state, then exchange tailor_state
 */
import { connect, type Rabbit } from "@shirts/amqp";
import { go, WaitGroup } from "@shirts/chan";
import { brokerName } from "@shirts/cluster/names";
import { fanIn } from "./fan-in.ts";
import { FIRST_STATE, isOld, ORDERS, orderTwenty } from "./president.ts";
import { openStateTable, type StateTable } from "./state-table.ts";
import {
  decodeJob,
  decodeResult,
  decodeState,
  encode,
  type Job,
  type Result,
  type State,
  sewing,
  type Tools,
} from "./tailor.ts";
import { twoLoops } from "./two-loops.ts";
import { withBroker } from "./with-broker.ts";
import { worker } from "./worker.ts";

const JOBS = "tailor_jobs";
const RESULTS = "tailor_results";
const STATE = "tailor_state";

/** How long things take. */
export interface Pace {
  readonly orderMs: number;
  readonly sewMs: number;
  readonly pollMs: number;
}
export const PACE: Pace = { orderMs: 200, sewMs: 100, pollMs: 1000 };
/** Orders come faster than he sews, so each change of mind finds him in the middle of a shirt. */
export const BUSY_PACE: Pace = { ...PACE, sewMs: 220 };

/** Which worker does the work: "worker" polls the table, the others hear each state over the exchange. */
export type Kind = "worker" | "two-loops" | "fan-in";
type Print = (line: string) => void;

/** The services of a workshop. */
export interface Services {
  /** The broker; without it the workshop starts the embedded one. */
  readonly amqpUrl?: string | undefined;
  /** The table; without it the workshop opens PGlite. */
  readonly table?: StateTable;
}

/** Lets one kind of tailor sew twenty shirts and prints each. Resolves to how many were wrong; throws AmqpError. */
export function runWorkshop(
  kind: Kind,
  pace: Pace,
  print: Print,
  { amqpUrl, table: given }: Services = {},
): Promise<number> {
  return withBroker(amqpUrl, async (url, isEmbedded) => {
    const rabbits: Rabbit[] = [];
    let table = given;
    try {
      for (const name of ["president", "tailor"]) rabbits.push(await connect(url, { name }));
      const [president, tailor] = rabbits as [Rabbit, Rabbit];
      print(
        `broker: ${isEmbedded ? "embedded, in this process (AMQP_URL names a real one)" : `${brokerName(president.server)}, which AMQP_URL names`}`,
      );
      // After the broker, which may be wrong, and before anything is changed: it takes some seconds.
      table ??= await openStateTable();
      await clear(president);
      await table.write(FIRST_STATE);
      const stopTailor = await startTailor(kind, pace, tailor, table);
      const old = await inspect(president, table, pace, kind === "worker" ? dyed(print) : sewn(print));
      await stopTailor();
      return old;
    } finally {
      await Promise.all(rabbits.map((rabbit) => rabbit.close()));
      if (table !== given) await table?.close();
    }
  });
}

/** Empties the queues of an earlier run. Throws when that run is still at work. */
async function clear(rabbit: Rabbit): Promise<void> {
  for (const queue of [JOBS, RESULTS]) {
    await rabbit.declareQueue(queue);
    const { consumers } = await rabbit.depth(queue);
    if (consumers > 0)
      throw new Error(`another run is using the queue ${queue} on this broker; let it end first`);
    await rabbit.purge(queue);
  }
}

/** Starts a tailor. Resolves when it is ready, to a function that stops it after its current job. */
async function startTailor(
  kind: Kind,
  pace: Pace,
  rabbit: Rabbit,
  table: StateTable,
): Promise<() => Promise<void>> {
  // #region consume
  const { chan: jobs, stop } = await rabbit.consume<Job>(JOBS, {
    prefetch: 1,
    decode: (body, delivery) => ({ ...decodeJob(body), ack: delivery.ack }),
  });
  // #endregion consume
  const tools: Tools = {
    jobs,
    readState: () => table.read(),
    sew: (_job, stop) => sewing(pace.sewMs, stop),
    deliver: (result) => rabbit.publish(RESULTS, encode(result)),
  };
  const tailor = new WaitGroup();
  if (kind === "worker") {
    tailor.go(() => worker({ ...tools, pollMs: pace.pollMs }));
  } else {
    const { chan: states } = await rabbit.subscribe<State>(STATE, {
      decode: decodeState,
      // States that were pushed while the connection was lost are gone, but the table has the newest one.
      onResubscribe: async () => [await table.read()],
    });
    tailor.go(() => (kind === "fan-in" ? fanIn : twoLoops)({ ...tools, states }));
  }
  return async () => {
    await stop();
    await tailor.wait();
  };
}

/** Looks at each shirt as it arrives, tells it, and says whether it is wrong. */
type Look = (result: Result, wantedAtOrder: State, wantedNow: State) => boolean;

const dyed =
  (print: Print): Look =>
  (result, wanted) => {
    const isWrong = isOld(result, wanted);
    const mark = isWrong ? "  <- old state" : "";
    print(`shirt ${String(result.number).padStart(2)}: ordered ${wanted.shirt}, dyed ${result.shirt}${mark}`);
    return isWrong;
  };

/** Tells a line for each run of shirts of one colour. ✗ marks those that were sewn for nothing. */
const sewn = (print: Print): Look => {
  let run: { colour: string; numbers: string[] } | undefined;
  const tell = () => run && print(`${run.colour.padEnd(6)}  shirts ${run.numbers.join(" ")}`);
  return (result, _atOrder, wanted) => {
    const { number, shirt } = result;
    const isWrong = isOld(result, wanted);
    if (run?.colour !== shirt) {
      tell();
      run = { colour: shirt, numbers: [] };
    }
    run.numbers.push(`${number}${isWrong ? "✗" : ""}`);
    // They come in the order of the queue.
    if (number === ORDERS) tell();
    return isWrong;
  };
};

async function inspect(rabbit: Rabbit, table: StateTable, pace: Pace, look: Look): Promise<number> {
  const wanted = new Map<number, State>();
  let published = FIRST_STATE;
  const { chan: results } = await rabbit.consume(RESULTS, {
    prefetch: 1,
    decode: (body, { ack }) => ({ result: decodeResult(body), ack }),
  });
  go(orderTwenty, {
    async publish(state: State) {
      await table.write(state);
      await rabbit.broadcast(STATE, encode(state));
      published = state;
    },
    async order(number: number, state: State) {
      wanted.set(number, state);
      await rabbit.publish(JOBS, encode({ number }));
    },
    orderMs: pace.orderMs,
  });
  let wrong = 0;
  for (let n = 0; n < ORDERS; n++) {
    const [received] = await results.recv();
    if (received === undefined) throw new Error("the results ended early");
    const { result, ack } = received;
    if (look(result, wanted.get(result.number) ?? FIRST_STATE, published)) wrong++;
    ack();
  }
  return wrong;
}
