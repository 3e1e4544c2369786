/** Three soldiers march off, and main does not wait for them. Make it wait, and let them march side by side. */
import { go, sleep } from "@shirts/chan";
import type { Print } from "../src/print.ts";

export async function main(print: Print): Promise<void> {
  for (const name of ["first", "second", "third"]) {
    go(async () => {
      await sleep(1000);
      print(`${name} soldier: I am back`);
    });
  }
  print("main: all are back");
}
