/** From the acceptance of a newer command to the stop of the older one's routine. */
import { setTimeout as sleep } from "node:timers/promises";
import { connect, type Rabbit } from "@shirts/amqp";
import { command as order } from "@shirts/cluster/president";
import { type Command, colours, type EventBody } from "@shirts/story";
import { openTable } from "@shirts/table";
import { random } from "../src/random.ts";
import { median } from "../src/table.ts";
import { type Servers, startTeam } from "./team.ts";

const ROUNDS = 50;
const PACE_MS = 100;
const STEPS = 100;
/** The median of v4 is to stay within this many round trips and one transaction. */
const BAR_ROUND_TRIPS = 3;

/** A routine ends when it is stopped, or in v4 when the fence was faster than the cancel. */
const END = ["stopped", "refused"] as const;

/** Prints one line per stage; resolves to whether v4 holds the bar. */
export async function cancelLatency(servers: Servers): Promise<boolean> {
  console.log(`cancel latency: ${ROUNDS} newer commands at random moments, 2 nodes, steps of ${PACE_MS} ms`);
  console.log("stage   median ms   p95 ms   round trip ms   round trips   table ms   share of a step");
  let isGood = false;
  for (const stage of ["v3", "v4"] as const) {
    const { stops, trips, tables } = await measure(stage, servers);
    const [stop, trip, table] = [median(stops), median(trips), median(tables)];
    const p95 = stops.toSorted((a, b) => a - b)[Math.floor(stops.length * 0.95)] ?? Number.NaN;
    const columns = [
      stop.toFixed(2).padStart(12),
      p95.toFixed(2).padStart(9),
      trip.toFixed(2).padStart(16),
      (stop / trip).toFixed(2).padStart(14),
      table.toFixed(2).padStart(11),
      (stop / PACE_MS).toFixed(3).padStart(18),
    ];
    console.log(stage.padEnd(5) + columns.join(""));
    isGood = stop <= BAR_ROUND_TRIPS * trip + table;
  }
  console.log(
    `bar, v4's median at most ${BAR_ROUND_TRIPS} round trips and one transaction: ${isGood ? "held" : "missed"}`,
  );
  return isGood;
}

async function measure(stage: "v3" | "v4", servers: Servers) {
  const listeners = new Set<(event: EventBody) => void>();
  const table = await openTable(servers.databaseUrl);
  const rabbit = await connect(servers.amqpUrl);
  const echo = await openEcho(rabbit, servers);
  const team = await startTeam(stage, servers, {
    nodes: 2,
    steps: STEPS,
    paceMs: PACE_MS,
    async paint(table, command, step) {
      const stroke = { steps: STEPS, node: "bench" };
      if (stage === "v4") return (await table.paintFenced(command, step, stroke)) !== "refused";
      await table.paint(command, step, stroke);
      return true;
    },
    report: (event) => {
      for (const listener of listeners) listener(event);
    },
  });
  /** Resolves with the time of the first event of one of these types for that command. */
  const first = (types: readonly EventBody["type"][], { revision }: Command) =>
    new Promise<number>((resolve) => {
      const listener = (event: EventBody) => {
        if (!types.includes(event.type)) return;
        if (!("command" in event) || event.command.revision !== revision) return;
        listeners.delete(listener);
        resolve(performance.now());
      };
      listeners.add(listener);
    });
  const dice = random(1);
  const [stops, trips, tables]: number[][] = [[], [], []];
  let older: Command | undefined;
  for (let round = 0; round <= ROUNDS; round++) {
    const stopped = older && first(END, older);
    const asked = performance.now();
    let accepted = Number.NaN;
    let started: Promise<number> | undefined;
    older = await order({ rabbit, table }, stage, "north-america", dice.pick(colours), (command) => {
      accepted = performance.now();
      started = first(["painted"], command);
    });
    if (stopped !== undefined) {
      stops?.push((await stopped) - accepted);
      tables?.push(accepted - asked);
    }
    await started;
    trips?.push(await echo.roundTrip());
    await sleep(dice.int(0, PACE_MS));
  }
  const over = older && first(END, older);
  await order({ rabbit, table }, stage, "north-america", "blue", () => {});
  await over;
  await rabbit.purge(`${stage}_jobs`);
  await team.close();
  await echo.close();
  await rabbit.close();
  await table.close();
  return { stops: stops ?? [], trips: trips ?? [], tables: tables ?? [] };
}

/** A message that goes from `rabbit` over a fan-out exchange to another connection of this process. */
async function openEcho(rabbit: Rabbit, { amqpUrl }: Servers) {
  const listener = await connect(amqpUrl);
  const { chan } = await listener.subscribe("bench_echo", { decode: (body) => body.length });
  return {
    async roundTrip(): Promise<number> {
      const start = performance.now();
      const sent = rabbit.broadcast("bench_echo", Buffer.alloc(60));
      await chan.recv();
      const trip = performance.now() - start;
      await sent;
      return trip;
    },
    close: () => listener.close(),
  };
}
