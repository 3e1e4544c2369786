/** Measures the table: `pnpm --filter world bench`. PGlite in a process of its own, or the database of DATABASE_URL. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { AREAS } from "@shirts/story";
import { openWorld } from "../src/index.ts";

const main = new URL("../src/main.ts", import.meta.url).pathname;
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

const world = await openWorld(url, { name: "bench" });
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

say(`prepare ${people} people`, await timed(() => world.prepare()));
say("prepare again, nobody was painted", await timed(() => world.prepare()));
const stroke = { steps: 100, node: "bench" };
const free: number[] = [];
const fenced: number[] = [];
// Side by side, so that a busy machine slows both alike.
for (const shirt of ["purple", "blue", "green"] as const) {
  const command = await world.command("north-america", shirt);
  for (let step = 0; step < 100; step++) {
    const first = step % 2 ? free : fenced;
    for (const kind of [first, first === free ? fenced : free]) {
      const paint = kind === free ? world.paint : world.paintFenced;
      kind.push(await timed(() => Reflect.apply(paint, world, [command, step, stroke])));
    }
  }
}
say("a step of 10,000 people, median", median(free));
say("the same behind the fence, median", median(fenced));
console.log(`fenced / unfenced: ${(median(fenced) / median(free)).toFixed(2)}`);
say("verdict", await timed(() => world.verdict()));
say("prepare again, 1,000,000 were painted", await timed(() => world.prepare()));
await world.close();
child?.stdin.end();
