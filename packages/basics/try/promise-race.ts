/** A soldier works until he is told to stop. Then he takes one more job, and that job is never done. */
import type { RecvChan } from "@shirts/chan";
import type { Print } from "../src/print.ts";

export async function soldier(jobs: RecvChan<string>, stop: RecvChan<never>, print: Print): Promise<void> {
  const stopped = stop.recv();
  for (;;) {
    const [job, ok] = await Promise.race([jobs.recv(), stopped]);
    if (!ok) break;
    print(`soldier: ${job}`);
  }
  print("soldier: I stop");
}
