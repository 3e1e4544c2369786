/** Main ends while a routine of `go` is blocked: no deadlock, as in Go. */
import { chan, go } from "../../src/index.ts";

const jobs = chan<string>();
go(async () => {
  for await (const job of jobs) console.log(job);
});
await jobs.send("paint");
console.log("main ends");
