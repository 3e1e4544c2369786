/** A routine of `go` throws: the program ends. */
import { go, sleep } from "../../src/index.ts";

go(async () => {
  await null;
  throw new Error("boom");
});
await sleep(60_000);
console.log("not reached");
