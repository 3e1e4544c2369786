import { type RecvChan, receiving, select } from "@shirts/chan";
import type { Print } from "../../src/print.ts";

export async function soldier(jobs: RecvChan<string>, stop: RecvChan<never>, print: Print): Promise<void> {
  for (;;) {
    const it = await select({ job: receiving(jobs), stop: receiving(stop) });
    if (!it.ok) break;
    print(`soldier: ${it.value}`);
  }
  print("soldier: I stop");
}
