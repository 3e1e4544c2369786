/** The mutation check: plants one fault at a time in a copy of the package; the suite must catch each. `pnpm --filter chan mutants`. */

import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

interface Mutant {
  readonly fault: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const MUTANTS: readonly Mutant[] = [
  {
    fault: "a loser of select stays in its queue",
    file: "selection.ts",
    from: "        queue?.remove(waiter);\n",
    to: "",
  },
  {
    fault: "select takes a value and forgets it",
    file: "select.ts",
    from: "value: chan.take(), ok: true",
    to: "value: void chan.take(), ok: true",
  },
  {
    fault: "waiters are served last in, first out",
    file: "waiter.ts",
    from: "    const first = this.head;\n    if (first === undefined) return undefined;\n",
    to: "    const last = this.tail;\n    if (last === undefined) return undefined;\n    this.remove(last);\n    if (last !== undefined) return last;\n    const first: Waiter = last;\n",
  },
  {
    fault: "a waiter in the middle takes its neighbours along",
    file: "waiter.ts",
    from: "    else prev.next = next;",
    to: "    else prev.next = undefined;",
  },
  {
    fault: "close forgets the blocked senders",
    file: "chan.ts",
    from: "w.panic(new SendOnClosedChannelError())",
    to: "w.sent()",
  },
  {
    fault: "close wakes only the first receiver",
    file: "chan.ts",
    from: "for (let w = this.recvq.shift(); w !== undefined; w = this.recvq.shift())",
    to: "for (let w = this.recvq.shift(); w !== undefined; w = undefined)",
  },
  {
    fault: "close drops the buffer",
    file: "chan.ts",
    from: "    this.closed = true;\n",
    to: "    this.closed = true;\n    this.buffer.count = 0;\n",
  },
  {
    fault: "a second close is silent",
    file: "chan.ts",
    from: "if (this.closed) throw new CloseOfClosedChannelError();",
    to: "if (this.closed) return;",
  },
  {
    fault: "the choice is biased towards the first ready case",
    file: "select.ts",
    from: "scheduler.random() * ready < 1",
    to: "scheduler.random() * ready < 0.8",
  },
  {
    fault: "the buffer holds one value too many",
    file: "chan.ts",
    from: "if (this.buffer.count >= this.cap) return false;",
    to: "if (this.buffer.count > this.cap) return false;",
  },
  {
    fault: "a value goes through the buffer past a waiting receiver",
    file: "chan.ts",
    from: "return this.cap === 0 ? NEXT : LATER;",
    to: "return NEXT;",
  },
  {
    fault: "the value of a blocked sender is not moved into the buffer",
    file: "chan.ts",
    from: "if (sender !== undefined) this.buffer.push(sender.sent());",
    to: "sender?.sent();",
  },
  {
    fault: "the ring turns wrongly when it grows",
    file: "ring-buffer.ts",
    from: "this.slots[(this.first + i) & (size - 1)]",
    to: "this.slots[i]",
  },
  {
    fault: "an aborted operation stays in its queue",
    file: "operation.ts",
    from: "    this.queue?.remove(this);\n",
    to: "",
  },
  {
    fault: "a finished select keeps its listener on the signal",
    file: "selection.ts",
    from: "    unwatch(this.signal, this);\n",
    to: "",
  },
  {
    fault: "a received value is handed to its promise bare",
    file: "operation.ts",
    from: ": [value, ok], turn);",
    to: ": ok ? value : [value, ok], turn);",
  },
  {
    fault: "operations that do not block never yield to the event loop",
    file: "scheduler.ts",
    from: "return ++ops < OPS_PER_LOOK || goesOn();",
    to: "return true;",
  },
  {
    fault: "go starts its routine at once",
    file: "go.ts",
    from: "queueMicrotask(() => start(home, fn, args));",
    to: "start(home, fn, args);",
  },
  {
    fault: "an error in a routine is swallowed",
    file: "parked.ts",
    from: "    scheduler.crash(error);\n",
    to: "    void error;\n",
  },
  {
    fault: "a woken routine still counts as blocked",
    file: "parked.ts",
    from: "    this.resolve = nobody;\n    return",
    to: "    return",
  },
  {
    fault: "a finished operation keeps its listener on the signal",
    file: "operation.ts",
    from: "    unwatch(this.signal, this);\n",
    to: "",
  },
  {
    fault: "two routines share one operation from the store",
    file: "operation.ts",
    from: "this.retire(this.ring.spareOperations);",
    to: "this.retire(this.ring.spareOperations); this.retire(this.ring.spareOperations);",
  },
  {
    fault: "a shorter select pushes what a longer one left aside",
    file: "selection.ts",
    from: "      last.sibling ??= new Entry(this);\n",
    to: "      last.sibling = this.sibling ?? new Entry(this);\n",
  },
  {
    fault: "two selects share one selection",
    file: "selection.ts",
    from: "this.retire(this.ring.spareSelections);",
    to: "this.retire(this.ring.spareSelections); this.retire(this.ring.spareSelections);",
  },
  {
    fault: "a spare keeps the last value alive",
    file: "selection.ts",
    from: "} else waiter.value = undefined;",
    to: "}",
  },
  {
    fault: "a spare keeps what it sent alive",
    file: "operation.ts",
    from: "    this.queue = undefined;\n    this.value = undefined;\n",
    to: "    this.queue = undefined;\n",
  },
  {
    fault: "a busy turn never ends",
    file: "scheduler.ts",
    from: "performance.now() - turnBeganMs >= TURN_MS",
    to: "performance.now() - turnBeganMs < 0",
  },
  {
    fault: "a select that blocks in several cases of one chan prefers the first",
    file: "selection.ts",
    from: "scheduler.random() * ++equals < 1",
    to: "scheduler.random() * ++equals < 0",
  },
  {
    fault: "each who waits on a signal has a listener",
    file: "signal.ts",
    from: "if (it.waiting.size === 0) signal",
    to: "signal",
  },
  {
    fault: "an operation that is refused is not counted",
    file: "scheduler.ts",
    from: "return spend() ? Promise.reject(error)",
    to: "return OPS_PER_LOOK > 0 ? Promise.reject(error)",
  },
  {
    fault: "after gives its time again when somebody looked",
    file: "time.ts",
    from: "      this.disarm();\n      this.#give(due);",
    to: "      this.#give(due);",
  },
  {
    fault: "a timer that lost its select is not dropped",
    file: "time.ts",
    from: "    this.#drop?.();\n",
    to: "",
  },
  {
    fault: "the fake clock runs backwards through its timers",
    file: "testing/agenda.ts",
    from: "const timer = this.#timers.shift();",
    to: "const timer = this.#timers.pop();",
  },
];

const root = fileURLToPath(new URL("..", import.meta.url));
const copy = `${root}.cache/mutants/`;
const only = process.argv.slice(2);
let survivors = 0;

/** How the suite ends on the copy: null when it hung. */
function suite(): number | null {
  const args = ["exec", "vitest", "run", "--root", copy, "--bail", "1", "--testTimeout", "10000"];
  const env = { ...process.env, CHAN_PROGRAMS: "400" };
  return spawnSync("pnpm", args, { cwd: root, env, timeout: 40_000, killSignal: "SIGKILL", stdio: "ignore" })
    .status;
}

rmSync(copy, { recursive: true, force: true });
for (const part of ["src", "test", "README.md"])
  cpSync(`${root}${part}`, `${copy}${part}`, { recursive: true });
for (const slow of ["programs", "package"]) rmSync(`${copy}test/${slow}.test.ts`);
writeFileSync(`${copy}vitest.config.ts`, "export default {};\n");
for (const { fault, file, from } of MUTANTS)
  if (!readFileSync(`${copy}src/${file}`, "utf8").includes(from))
    throw new Error(`${file} no longer holds the line of: ${fault}`);
if (suite() !== 0) throw new Error("the suite fails without a fault");
for (const { fault, file, from, to } of MUTANTS) {
  if (only.length > 0 && !only.some((word) => fault.includes(word))) continue;
  const path = `${copy}src/${file}`;
  const text = readFileSync(path, "utf8");
  writeFileSync(
    path,
    text.replace(from, () => to),
  );
  const status = suite();
  writeFileSync(path, text);
  if (status === 0) survivors++;
  console.log(`${status === 0 ? "SURVIVED" : status === null ? "caught (hung)" : "caught"}  ${fault}`);
}
rmSync(copy, { recursive: true, force: true });
console.log(`${survivors} survived`);
process.exit(survivors === 0 ? 0 : 1);
