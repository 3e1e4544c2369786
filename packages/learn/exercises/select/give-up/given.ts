/** Waits for an answer, and gives up after a while. But the while never ends. */
import { chan, go, type RecvChan, receiving, select, sleep } from "@shirts/chan";
import type { Print } from "@shirts/learn";

/** The next answer, or "no answer in ... ms" when none has come within `ms` milliseconds. */
export async function wait(answers: RecvChan<string>, ms: number): Promise<string> {
  const never = chan<number>();
  const it = await select({ answer: receiving(answers), timeout: receiving(never) });
  return it.case === "answer" ? (it.value ?? "closed") : `no answer in ${ms} ms`;
}

export async function main(print: Print): Promise<void> {
  const answers = chan<string>();
  go(async () => {
    await sleep(500);
    await answers.send("north is painted");
  });
  print(await wait(answers, 1000));
  print(await wait(answers, 1000));
}
