/** Select by Promise.race, and its first repair, beside select: the same input, what arrives, and what stays in memory. */
import { chan, go, sleep } from "@shirts/chan";
import { heldMb } from "./heap.ts";
import type { Print } from "./print.ts";
import { byRace, bySelect, keepingLosers, type Next, type Sources } from "./ways.ts";

// #region values
/** Six shirts, purple and blue in turn, for a receiver that asks six times and waits half a second at most. */
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
  // Whoever has got his six shirts has gone home. Does somebody still take one in his name?
  const isTaken = from.purple.trySend("P4");
  await sleep(1);
  const fate = got.includes("P4") ? "arrives; he waits for two more" : "taken, and gone";
  from.purple.close();
  from.blue.close();
  return `${six.padEnd(18)} P4: ${isTaken ? fate : "stays with its sender"}`;
}
// #endregion values

// #region memory
/** Purple is busy, blue is silent, as a stop chan is. What do 20,000 turns leave behind? */
async function memoryAfter(next: Next): Promise<string> {
  const from: Sources = { purple: chan(1), blue: chan() };
  const before = await heldMb();
  for (let turn = 0; turn < 20_000; turn++) {
    from.purple.trySend("P");
    await next(from);
  }
  const held = (await heldMb()) - before;
  // Still in use here, or the collector would take the chans and everything that stands in their queues.
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
