/** Measures the table: `pnpm --filter table bench`. PGlite in a process of its own, or the database of DATABASE_URL. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { AREAS, type Command } from "@shirts/story";
import pg from "pg";
import { openTable } from "../src/index.ts";

const main = new URL("../../cluster/src/services/world-main.ts", import.meta.url).pathname;
const args = ["--import", "tsx", main, "--port", "0", "--json", "--parent-pipe"];
const child = process.env.DATABASE_URL
  ? undefined
  : spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
let url = process.env.DATABASE_URL ?? "";
if (child)
  for await (const line of createInterface(child.stdout)) {
    url = JSON.parse(line).url;
    break;
  }

const table = await openTable(url, { name: "bench" });
const people = Object.values(AREAS)
  .reduce((sum, number) => sum + number, 0)
  .toLocaleString("en-US");
const say = (what: string, ms: number) => console.log(`${what.padEnd(52)} ${ms.toFixed(1).padStart(8)} ms`);
const timed = async (work: () => Promise<unknown>) => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};
const median = (list: number[]) => list.sort((a, b) => a - b)[list.length >> 1] ?? 0;

say(`prepare ${people} people`, await timed(() => table.prepare()));
say("prepare again, nobody was painted", await timed(() => table.prepare()));
const stroke = { steps: 100, node: "bench" };
/** A step that neither asks for the revision nor writes down what it did: no stage is so careless, it is the floor. */
const BARE = `
  UPDATE story.people SET shirt = $2::story.shirt
  WHERE area = $1::story.area AND person >= $3::bigint AND person < $4::bigint`;
const client = new pg.Client({ connectionString: url });
await client.connect();
async function paintBare({ area, shirt }: Command, step: number): Promise<void> {
  const share = AREAS[area] / stroke.steps;
  await client.query(BARE, [area, shirt, Math.floor(share * step), Math.floor(share * (step + 1))]);
}
const bare: number[] = [];
const free: number[] = [];
const fenced: number[] = [];
// Side by side and in turns, so that a busy machine slows all alike.
for (const shirt of ["purple", "blue", "green"] as const) {
  const command = await table.command("north-america", shirt);
  const kinds: [number[], (step: number) => Promise<unknown>][] = [
    [bare, (step) => paintBare(command, step)],
    [free, (step) => table.paint(command, step, stroke)],
    [fenced, (step) => table.paintFenced(command, step, stroke)],
  ];
  for (let step = 0; step < 100; step++) {
    kinds.push(...kinds.splice(0, 1));
    for (const [times, paint] of kinds) times.push(await timed(() => paint(step)));
  }
}
await client.end();
say("10,000 people, a bare UPDATE without a log, median", median(bare));
say("a step of v1 to v3, median", median(free));
say("a step of v4, behind the fence, median", median(fenced));
console.log(`fenced / unfenced: ${(median(fenced) / median(free)).toFixed(2)}`);
console.log(`fenced / bare:     ${(median(fenced) / median(bare)).toFixed(2)}`);
say("verdict", await timed(() => table.verdict()));
say("prepare again, 1,000,000 were painted", await timed(() => table.prepare()));
await table.close();
child?.stdin.end();
