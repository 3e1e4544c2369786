/** A tailor sews until somebody says quit. It offers the next shirt and listens for the word at the same time. */
import { chan, go, type RecvChan, receiving, type SendChan, select, sending, sleep } from "@shirts/chan";
import type { Print } from "@shirts/learn";

/** Offers shirt 1, 2, 3 ... until `quit` is closed. Resolves to how many were taken. It never asks how many are wanted. */
export async function tailor(shirts: SendChan<number>, quit: RecvChan<never>): Promise<number> {
  for (let n = 1; ; n++) {
    const it = await select({ shirt: sending(shirts, n), quit: receiving(quit) });
    if (it.case === "quit") return n - 1;
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
