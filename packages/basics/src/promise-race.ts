/** Promise.race, its first repair and select with the same input: what arrives, and what stays in memory. */
import { chan, go, sleep } from "@shirts/chan";
import { heldMb } from "./heap.ts";
import type { Print } from "./print.ts";
import { byRace, bySelect, keepingLosers, type Next, type Sources } from "./ways.ts";

// #region values
/** Sends six shirts, purple and blue alternately, to a receiver that asks six times and waits half a second at most. */
async function sixShirts(next: Next): Promise<string> {
  const from: Sources = { purple: chan(), blue: chan() };
  go(async () => {
    for (const n of [1, 2, 3]) {
      await sleep(10);
      await from.purple.send(`P${n}`);
      await sleep(10);
      await from.blue.send(`B${n}`);
    }
  });
  const got: string[] = [];
  go(async () => {
    for (let asked = 0; asked < 6; asked++) got.push((await next(from)) ?? "closed");
  });
  await sleep(500);
  const six = got.join(" ");
  // A receiver that has its six shirts asks no more. Is a seventh one taken all the same?
  const isTaken = from.purple.trySend("P4");
  await sleep(1);
  const fate = got.includes("P4") ? "arrives; it waits for two more" : "taken, and gone";
  from.purple.close();
  from.blue.close();
  return `${six.padEnd(18)} P4: ${isTaken ? fate : "stays with its sender"}`;
}
// #endregion values

// #region memory
/** Purple is busy and blue is silent, like a stop chan. What do 20,000 turns of the loop leave behind? */
async function memoryAfter(next: Next): Promise<string> {
  const from: Sources = { purple: chan(1), blue: chan() };
  const before = await heldMb();
  for (let turn = 0; turn < 20_000; turn++) {
    from.purple.trySend("P");
    await next(from);
  }
  const held = (await heldMb()) - before;
  // The chans are in use up to here. Else the collector would take them, with everything in their queues.
  from.blue.close();
  return held > 5 ? "more than 5 MB" : held < 1 ? "less than 1 MB" : "between 1 and 5 MB";
}
// #endregion memory

export async function main(print: Print): Promise<void> {
  print("-- six shirts are sent, then a seventh: P4");
  print(`Promise.race        ${await sixShirts(byRace)}`);
  print(`keeping the losers  ${await sixShirts(keepingLosers())}`);
  print(`select              ${await sixShirts(bySelect)}`);
  print("-- 20,000 turns beside a silent chan");
  print(`Promise.race        holds ${await memoryAfter(byRace)}`);
  print(`keeping the losers  holds ${await memoryAfter(keepingLosers())}`);
  print(`select              holds ${await memoryAfter(bySelect)}`);
}
