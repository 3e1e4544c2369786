/** Two areas report twice each. Main closes after the second report, and the next one panics. Which side should close? */
import { chan, type SendChan, sleep, WaitGroup } from "@shirts/chan";
import type { Print } from "../src/print.ts";

async function area(name: string, afterMs: number, reports: SendChan<string>): Promise<void> {
  for (let n = 0; n < 2; n++) {
    await sleep(afterMs);
    await reports.send(`${name} reports`);
  }
}

export async function main(print: Print): Promise<void> {
  const reports = chan<string>();
  const areas = new WaitGroup();
  areas.go(() => area("north", 100, reports));
  areas.go(() => area("south", 300, reports));
  let received = 0;
  for await (const report of reports) {
    print(report);
    received++;
    if (received === 2) reports.close();
  }
  await areas.wait();
  print("main: nothing follows");
}
