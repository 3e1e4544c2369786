/**
 * The faults of the mutation check. `from` is the code in which one is planted, in any white space; its file must hold it exactly
 * once.
 */

import type { Fault } from "./plant.ts";

export const FAULTS: readonly Fault[] = [
  {
    fault: "a loser of select stays in its queue",
    file: "blocked-select.ts",
    from: "queue?.remove(waiter);",
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
    file: "wait-queue.ts",
    from: "const first = this.head; if (first === undefined) return undefined;",
    to: "const last = this.tail; if (last === undefined) return undefined; this.remove(last); if (last !== undefined) return last; const first: Waiter = last;",
  },
  {
    fault: "a waiter in the middle takes its neighbours along",
    file: "wait-queue.ts",
    from: "else prev.next = next;",
    to: "else prev.next = undefined;",
  },
  {
    fault: "close forgets the blocked senders",
    file: "chan.ts",
    from: "w.wakeWithPanic(new SendOnClosedChannelError())",
    to: "w.wakeSender()",
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
    from: "this.closed = true;",
    to: "this.closed = true; this.buffer.count = 0;",
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
    from: "scheduler.random(ready) * ready < 1",
    to: "scheduler.random(ready) * ready < 0.8",
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
    from: "if (sender !== undefined) this.buffer.push(sender.wakeSender());",
    to: "sender?.wakeSender();",
  },
  {
    fault: "the ring buffer turns wrongly when it grows",
    file: "ring-buffer.ts",
    from: "this.slots[(this.first + i) & (size - 1)]",
    to: "this.slots[i]",
  },
  {
    fault: "an aborted operation stays in its queue",
    file: "abortable.ts",
    from: "this.queue?.remove(this);",
    to: "",
  },
  {
    fault: "a finished select keeps its listener on the signal",
    file: "blocked-select.ts",
    from: "unwatch(this.signal, this);",
    to: "",
  },
  {
    fault: "a received value is handed to its promise bare",
    file: "blocked.ts",
    from: ": [value, ok], order);",
    to: ": ok ? value : [value, ok], order);",
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
    file: "registry.ts",
    from: "scheduler.crash(error);",
    to: "void error;",
  },
  {
    fault: "a woken routine still counts as blocked",
    file: "blocked.ts",
    from: "this.resolve = notBlocked; return",
    to: "return",
  },
  {
    fault: "a finished operation keeps its listener on the signal",
    file: "abortable.ts",
    from: "unwatch(this.signal, this);",
    to: "",
  },
  {
    fault: "two routines share one spare operation",
    file: "blocked.ts",
    from: "keep(this.registry.spareOperations, this);",
    to: "keep(this.registry.spareOperations, this); keep(this.registry.spareOperations, this);",
  },
  {
    fault: "a shorter select drops what a longer one has left",
    file: "blocked-select.ts",
    from: "last.sibling ??= new Entry(this);",
    to: "last.sibling = this.sibling ?? new Entry(this);",
  },
  {
    fault: "two selects share one selection",
    file: "blocked-select.ts",
    from: "keep(this.registry.spareSelections, this);",
    to: "keep(this.registry.spareSelections, this); keep(this.registry.spareSelections, this);",
  },
  {
    fault: "a spare keeps the last value alive",
    file: "blocked-select.ts",
    from: "} else waiter.value = undefined;",
    to: "}",
  },
  {
    fault: "a spare keeps what it sent alive",
    file: "blocked.ts",
    from: "this.queue = undefined; this.value = undefined;",
    to: "this.queue = undefined;",
  },
  {
    fault: "a busy event-loop turn never ends",
    file: "scheduler.ts",
    from: "performance.now() - turnBeganMs >= TURN_MS",
    to: "performance.now() - turnBeganMs < 0",
  },
  {
    fault: "a select that blocks in several cases of one chan prefers the first",
    file: "blocked-select.ts",
    from: "scheduler.random(++equals) * equals < 1",
    to: "scheduler.random(++equals) * equals < 0",
  },
  {
    fault: "each routine that waits on a signal has a listener of its own",
    file: "abort-signal.ts",
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
    fault: "after gives its time again when a routine has looked",
    file: "time.ts",
    from: "this.disarm(); this.#give(due);",
    to: "this.#give(due);",
  },
  {
    fault: "a timer that loses its select is not dropped",
    file: "time.ts",
    from: "this.#drop?.();",
    to: "",
  },
  {
    fault: "the fake clock runs backwards through its timers",
    file: "testing/fake-clock.ts",
    from: "const timer = this.#timers.shift();",
    to: "const timer = this.#timers.pop();",
  },
  {
    fault: "a timer of Infinity fires at once",
    file: "testing/fake-clock.ts",
    from: "if (ms === Number.POSITIVE_INFINITY) return () => {};",
    to: "",
  },
  {
    fault: "the report of a deadlock speaks up in a host that did not ask",
    file: "deadlock.ts",
    from: "isMainAsleep = isAsked && countRoutines(routines) > registry.live;",
    to: "isMainAsleep = countRoutines(routines) > registry.live;",
  },
  {
    fault: "a select that blocks does not say which case panics",
    file: "blocked-select.ts",
    from: "first === undefined ? error : new SendOnClosedChannelError(loser.key)",
    to: "error",
  },
];
