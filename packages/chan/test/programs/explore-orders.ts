/** How many orders each counted program has on this engine, and what a broken one comes to. */
import { COUNTED } from "../../bench/explore/counted.ts";
import { realProgram } from "../../bench/explore/real-program.ts";
import { go } from "../../src/index.ts";
import { type ExploreError, explore } from "../../src/testing/index.ts";

const orders: number[] = [];
for (const { program } of COUNTED) orders.push((await explore(realProgram(program))).orders);
// A step ends when all microtasks have run, however many: three routines have 3! orders.
const patient = (): void => {
  for (const _ of [1, 2, 3])
    go(async () => {
      for (let n = 0; n < 1000; n++) await null;
    });
};
orders.push((await explore(patient)).orders);
const unhandled = await explore(() => void Promise.reject(new Error("nobody"))).catch(
  (error: unknown) => (error as ExploreError).kind,
);
console.log(JSON.stringify([...orders, unhandled]));
