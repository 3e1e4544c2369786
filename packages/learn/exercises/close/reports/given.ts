/** Two areas report twice each. The receiver closes after the second report, and the next one panics. */
import { chan, type SendChan, sleep, WaitGroup } from "@shirts/chan";
import type { Print } from "@shirts/learn";

/** One area: it sends as many reports as it likes, and ends. It does not close. */
export type Area = (reports: SendChan<string>) => Promise<void>;

/** Lets all areas report side by side over one chan, and prints each report. Returns when all areas have ended. */
export async function collect(areas: readonly Area[], print: Print): Promise<void> {
  const reports = chan<string>();
  const group = new WaitGroup();
  for (const area of areas) group.go(() => area(reports));
  let received = 0;
  for await (const report of reports) {
    print(report);
    received++;
    if (received === 2) reports.close();
  }
  await group.wait();
  print("nothing follows");
}

export async function main(print: Print): Promise<void> {
  const area = (name: string, ms: number) => async (reports: SendChan<string>) => {
    for (let n = 0; n < 2; n++) {
      await sleep(ms);
      await reports.send(`${name} reports`);
    }
  };
  await collect([area("north", 100), area("south", 300)], print);
}
