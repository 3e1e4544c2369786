import { sleep, WaitGroup } from "@shirts/chan";
import type { Print } from "../../src/print.ts";

export async function main(print: Print): Promise<void> {
  const group = new WaitGroup();
  for (const name of ["first", "second", "third"]) {
    group.go(async () => {
      await sleep(1000);
      print(`${name} soldier: I am back`);
    });
  }
  await group.wait();
  print("main: all are back");
}
