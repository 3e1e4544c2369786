/** An area reports its steps. Its last word is a close, and the range over its reports ends with it. */
import { chan, go, type SendChan, sleep } from "@shirts/chan";
import type { Print } from "@shirts/learn";

/** Paints as many steps as it is told, and sends a report after each. Nothing follows its last one. */
export async function area(steps: number, reports: SendChan<string>): Promise<void> {
  for (let step = 1; step <= steps; step++) {
    await sleep(100);
    await reports.send(`step ${step}`);
  }
  reports.close();
}

export async function main(print: Print): Promise<void> {
  const reports = chan<string>();
  go(area, 3, reports);
  for await (const report of reports) print(report);
  print("nothing follows");
}
