/** A gate of two checks, the first of which never ends. `two-checks FILE`: the second one, and the tests, would write to FILE. */
import { runGate } from "../../src/gate/gate.ts";
import { signalCode, stopStepsOnSignal } from "../../src/gate/step.ts";

const [, , file = ""] = process.argv;
const node = (program: string) => [process.execPath, "-e", program, file];
const begins = "require('node:fs').appendFileSync(process.argv[1], 'begins ')";

stopStepsOnSignal();
await runGate({
  checks: [
    { name: "for ever", command: node(`${begins}; setInterval(() => {}, 1000)`) },
    { name: "next", command: node(begins) },
  ],
  tests: node(begins),
  reportFile: `${file}.json`,
  print: (line) => console.log(line),
});
process.exitCode = signalCode() ?? 0;
