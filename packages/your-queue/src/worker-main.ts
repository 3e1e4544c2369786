/**
 * One worker as a process of its own. The play listens on pipe 3, and holds pipe 4: in the step where the worker stalls it
 * waits until a byte comes.
 *
 * Its events are written at once (writeSync), since a blocked event loop sends nothing.
 */
import { read, readSync, writeSync } from "node:fs";
import { program } from "@shirts/command-line";
import { openPool } from "./pool.ts";
import type { Halves } from "./tools.ts";
import type { WorkerEvent, WorkerPlan } from "./workers.ts";

const EVENTS = 3;
const GATE = 4;

await program({
  name: "worker",
  usage: "Started by a play: worker PLAN",
  positionals: "words",
  async main(_flags, [text = ""]) {
    // The play's end, however it comes, closes this pipe.
    process.stdin.on("end", () => process.exit()).resume();
    const plan = JSON.parse(text) as WorkerPlan;
    const tell = (event: WorkerEvent) => writeSync(EVENTS, `${JSON.stringify(event)}\n`);
    const byte = Buffer.alloc(1);
    let { stallsAt } = plan;
    const render = async (shirt: string, step: number) => {
      tell({ rendering: `${shirt} ${step}` });
      if (`${shirt} ${step}` !== stallsAt) return;
      stallsAt = undefined;
      if (plan.stall === "blocked") readSync(GATE, byte);
      else await new Promise((done) => read(GATE, byte, 0, 1, null, done));
    };
    const { work } = (await import(plan.file)) as Halves;
    await work({
      db: openPool(plan.databaseUrl),
      databaseUrl: plan.databaseUrl,
      redisUrl: plan.redisUrl,
      outsideUrl: plan.outsideUrl,
      queue: plan.queue,
      render,
      log: (line: string) => tell({ log: line }),
    });
    await new Promise(() => {}); // until it is ended
  },
});
