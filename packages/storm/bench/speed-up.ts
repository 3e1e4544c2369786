/**
 * R routines on each of N nodes against one routine of v2, with the same jobs. A worker runs one routine per area, so
 * the bench has R × N areas of its own, each a share of the table's two: what is painted is real.
 */
import { connect } from "@shirts/amqp";
import { type Area, areas, type Command, STAGES } from "@shirts/story";
import { openTable } from "@shirts/table";
import { median } from "../src/table.ts";
import { type Servers, startTeam, type TeamStage } from "./team.ts";

const ROUNDS = 3;
const ROUTINES = 3;
const NODES = 2;
const PACE_MS = 100;
const STEPS = 10;
const BAR = 0.9;

/** Prints one line per stage; resolves to whether v3 and v4 hold the bar. */
export async function speedUp(servers: Servers): Promise<boolean> {
  const ideal = ROUTINES * NODES;
  console.log(`\nspeed-up: ${ideal} jobs of ${STEPS} steps of ${PACE_MS} ms, medians of ${ROUNDS} rounds`);
  console.log("stage   routines × nodes   seconds   against v2   share of routines × nodes");
  const seconds: Record<TeamStage, number[]> = { v2: [], v3: [], v4: [] };
  for (let round = 0; round < ROUNDS; round++)
    for (const stage of ["v2", "v3", "v4"] as const) seconds[stage].push(await play(stage, servers, ideal));
  let isGood = true;
  for (const stage of ["v2", "v3", "v4"] as const) {
    const size = stage === "v2" ? 1 : ideal;
    const ratio = median(seconds.v2.map((slow, round) => slow / (seconds[stage][round] ?? Number.NaN)));
    isGood &&= ratio / size >= BAR;
    const columns = [
      `${size === 1 ? "1 × 1" : `${ROUTINES} × ${NODES}`}`.padStart(19),
      median(seconds[stage]).toFixed(2).padStart(10),
      ratio.toFixed(2).padStart(13),
      (ratio / size).toFixed(3).padStart(28),
    ];
    console.log(stage.padEnd(5) + columns.join(""));
  }
  console.log(`bar ${BAR}: ${isGood ? "held" : "missed"}`);
  return isGood;
}

/** Resolves with the seconds from the first job's way to the broker to the last job's ack. */
async function play(stage: TeamStage, servers: Servers, jobs: number): Promise<number> {
  const table = await openTable(servers.databaseUrl);
  const rabbit = await connect(servers.amqpUrl);
  const real = new Map<Area, Command>();
  for (const area of areas) real.set(area, await table.command(area, "green"));
  let left = jobs;
  let finish: () => void = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const shares = jobs / areas.length;
  const team = await startTeam(stage, servers, {
    nodes: stage === "v2" ? 1 : NODES,
    steps: STEPS,
    paceMs: PACE_MS,
    async paint(table, { revision: job }, step) {
      const command = real.get(areas[job % areas.length] as Area) as Command;
      const place = Math.floor(job / areas.length) * STEPS + step;
      const stroke = { steps: shares * STEPS, node: "bench" };
      if (stage === "v4") return (await table.paintFenced(command, place, stroke)) !== "refused";
      await table.paint(command, place, stroke);
      return true;
    },
    report: ({ type }) => {
      if (type === "acked" && --left === 0) finish();
    },
  });
  const start = performance.now();
  const bodies = Array.from({ length: jobs }, (_, job) => ({
    area: `${job}`,
    shirt: "green",
    revision: job,
  }));
  await Promise.all(
    bodies.map((body) => rabbit.publish(STAGES[stage].jobs.queue, Buffer.from(JSON.stringify(body)))),
  );
  await finished;
  const seconds = (performance.now() - start) / 1000;
  await team.close();
  await rabbit.close();
  await table.close();
  return seconds;
}
