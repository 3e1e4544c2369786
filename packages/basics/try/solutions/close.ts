import { chan, go, type SendChan, sleep, WaitGroup } from "@shirts/chan";
import type { Print } from "../../src/print.ts";

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
  go(async () => {
    await areas.wait();
    reports.close();
  });
  for await (const report of reports) print(report);
  print("main: nothing follows");
}
