/** Faults of a node: its process is killed, frozen, told to end. */
import { setTimeout as sleep } from "node:timers/promises";
import { type Arena, HEARTBEAT_S } from "../arena.ts";
import { type Fault, type Injection, victim } from "./injection.ts";

/** Kills a node in the middle of whatever it does; the broker gives its jobs to the others. */
export const kill: Fault = async (injection) => {
  const slot = victim(injection);
  slot.process?.signal("SIGKILL");
  await slot.process?.ended;
  await injection.arena.heal();
};

/** Freezes a node until the broker has given up its connection, then lets it go on where it was. */
export const freeze: Fault = (injection) => pause(injection, 3000 * HEARTBEAT_S);

/** Freezes a node for a moment: its connection lives, and so do the cancels that wait in it. */
export const nap: Fault = (injection) => pause(injection, injection.random.int(100, 400));

async function pause(injection: Injection, forMs: number): Promise<void> {
  const { process, name } = victim(injection);
  const tell = (type: "paused" | "resumed") => injection.arena.listener({ type, node: name, at: Date.now() });
  process?.signal("SIGSTOP");
  tell("paused");
  await sleep(forMs);
  process?.signal("SIGCONT");
  tell("resumed");
}

const ROUNDS = 2;

/** A new version is rolled out, twice: SIGTERM to one node after the other, while commands go on. */
export const deploy: Fault = async ({ arena, giveOne, complain }) => {
  let isOver = false;
  const rollOut = async () => {
    for (let round = 0; round < ROUNDS; round++) await roll(arena, complain);
  };
  const go = async () => {
    while (!isOver) await giveOne();
  };
  const over = rollOut().finally(() => {
    isOver = true;
  });
  await Promise.all([over, go()]);
};

/** Ends each node in order and starts another in its place, one after the other. */
export async function roll(arena: Arena, complain: (line: string) => void): Promise<void> {
  for (const { name, process } of arena.slots) {
    process?.signal("SIGTERM");
    const code = await process?.ended;
    // 143: its jobs were not finished in the drain time; the broker gives them to the others.
    if (code !== undefined && code !== 0 && code !== 143)
      complain(`${name} was told to end, and ended with ${code}: ${process?.complaint()}`);
    await arena.heal();
  }
}
