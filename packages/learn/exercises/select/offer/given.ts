/** A tailor sews until somebody says quit. It does not hear the word while it waits for a customer. */
import { chan, go, type RecvChan, type SendChan, sleep } from "@shirts/chan";
import type { Print } from "@shirts/learn";

/** Offers shirt 1, 2, 3 ... until `quit` is closed. Resolves to how many were taken. It never asks how many are wanted. */
export async function tailor(shirts: SendChan<number>, quit: RecvChan<never>): Promise<number> {
  for (let n = 1; ; n++) {
    if (quit.tryRecv() !== undefined) return n - 1;
    await shirts.send(n);
  }
}

export async function main(print: Print): Promise<void> {
  const [shirts, quit] = [chan<number>(), chan<never>()];
  go(async () => {
    for (let taken = 0; taken < 3; taken++) print(`a customer takes shirt ${(await shirts.recv())[0]}`);
    await sleep(100);
    print("quit");
    quit.close();
  });
  print(`${await tailor(shirts, quit)} shirts were taken`);
}
