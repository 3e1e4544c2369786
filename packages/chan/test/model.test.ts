/** Random programs of sends, receives, closes, selects and aborts, each step compared with a small model of Go's rules. */

import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Cases,
  type Chan,
  chan,
  receiving,
  SendOnClosedChannelError,
  select,
  sending,
  trySelect,
} from "../src/index.ts";
import { OPS_PER_LOOK, spend } from "../src/scheduler.ts";
import { seeded } from "../src/testing/explore/seeded.ts";
import { useScheduler } from "../src/testing/index.ts";
import { ticks, waiters } from "./kit.ts";

interface ModelCase {
  readonly c: number;
  readonly isSend: boolean;
}
type Step =
  | {
      readonly do: "op";
      readonly cases: readonly ModelCase[];
      readonly isSelect: boolean;
      readonly isTry: boolean;
    }
  | { readonly do: "close"; readonly c: number }
  | { readonly do: "abort"; readonly nth: number }
  | { readonly do: "look" };

const modelCase = fc.record({ c: fc.nat({ max: 2 }), isSend: fc.boolean() });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("op" as const),
      cases: fc.tuple(modelCase),
      isSelect: fc.constant(false),
      isTry: fc.boolean(),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("op" as const),
      cases: fc.array(modelCase, { minLength: 1, maxLength: 4 }),
      isSelect: fc.constant(true),
      isTry: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("close" as const), c: fc.nat({ max: 2 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("abort" as const), nth: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("look" as const) }) },
);

/** An operation that the model saw; its answer is a string, so that answers compare at a glance. */
interface Op {
  readonly id: number;
  readonly cases: readonly ModelCase[];
  answer: string | undefined;
}

class Model {
  readonly chans: { cap: number; buffer: number[]; isClosed: boolean }[];
  /** Blocked operations in the order in which they blocked: the only queue that the model has. */
  blocked: Op[] = [];
  constructor(caps: readonly number[]) {
    this.chans = caps.map((cap) => ({ cap, buffer: [], isClosed: false }));
  }
  #partner(c: number, isSend: boolean): [Op, number] | undefined {
    for (const op of this.blocked) {
      const k = op.cases.findIndex((mc) => mc.c === c && mc.isSend === isSend);
      if (k >= 0) return [op, k];
    }
    return undefined;
  }
  isReady({ c, isSend }: ModelCase): boolean {
    const it = this.chans[c] as Model["chans"][number];
    if (it.isClosed || this.#partner(c, !isSend) !== undefined) return true;
    return isSend ? it.buffer.length < it.cap : it.buffer.length > 0;
  }
  #wake(op: Op, answer: string): void {
    op.answer = answer;
    this.blocked = this.blocked.filter((other) => other !== op);
  }
  /** Case `k` of `op` goes ahead; it is ready. The value of a send is `id * 10 + k`. */
  proceed(op: Op, k: number): void {
    const { c, isSend } = op.cases[k] as ModelCase;
    const it = this.chans[c] as Model["chans"][number];
    const partner = this.#partner(c, !isSend);
    if (isSend) {
      if (it.isClosed) op.answer = "panic";
      else {
        op.answer = `${k} sent`;
        if (partner !== undefined) this.#wake(partner[0], `${partner[1]} got ${op.id * 10 + k}`);
        else it.buffer.push(op.id * 10 + k);
      }
      return;
    }
    if (partner !== undefined) {
      it.buffer.push(partner[0].id * 10 + partner[1]);
      this.#wake(partner[0], `${partner[1]} sent`);
    }
    const value = it.buffer.shift();
    op.answer = value === undefined ? `${k} closed` : `${k} got ${value}`;
  }
  close(c: number): boolean {
    const it = this.chans[c] as Model["chans"][number];
    if (it.isClosed) return false;
    // Receivers first, then senders, as in Go's closechan: a select with both is woken by the first.
    for (const isSend of [false, true])
      for (let p = this.#partner(c, isSend); p !== undefined; p = this.#partner(c, isSend))
        this.#wake(p[0], isSend ? "panic" : `${p[1]} closed`);
    it.isClosed = true;
    return true;
  }
}

class Run {
  readonly #real: Chan<number>[];
  readonly #model: Model;
  readonly #ops: Op[] = [];
  readonly #answers: (string | undefined)[] = [];
  readonly #aborts: AbortController[] = [];
  constructor(caps: readonly number[]) {
    this.#real = caps.map((cap) => chan<number>(cap));
    this.#model = new Model(caps);
  }
  async do(step: Step): Promise<void> {
    if (step.do === "look") await this.#look();
    else if (step.do === "close") this.#close(step.c);
    else if (step.do === "abort") this.#abort(step.nth);
    else await this.#operate(step);
  }
  async end(): Promise<void> {
    await this.#look();
    this.#aborts.forEach((_, id) => {
      this.#abort(id);
    });
    await this.#look();
    for (const c of this.#real) expect(waiters(c)).toEqual({ recv: 0, send: 0 });
  }
  async #operate({ cases, isSelect, isTry }: Step & { do: "op" }): Promise<void> {
    const op: Op = { id: this.#ops.length, cases, answer: undefined };
    const ready = cases.map((_, k) => k).filter((k) => this.#model.isReady(cases[k] as ModelCase));
    this.#ops.push(op);
    this.#answers.push(undefined);
    this.#aborts.push(new AbortController());
    if (isTry) this.#note(op.id, this.#try(op, isSelect));
    else this.#start(op, isSelect);
    if (ready.length === 0) {
      if (isTry) op.answer = "not ready";
      else this.#model.blocked.push(op);
      return;
    }
    // Any ready case may win: the model follows the one that did.
    await ticks();
    const winner = ready.find((k) => {
      const trial = (this.#answers[op.id] ?? "").split(" ")[0];
      return trial === String(k) || (trial === "panic" && this.#wouldPanic(cases[k] as ModelCase));
    });
    if (winner === undefined)
      throw new Error(`op ${op.id}: answered ${this.#answers[op.id]}, ready ${ready.join()}`);
    this.#model.proceed(op, winner);
  }
  #wouldPanic({ c, isSend }: ModelCase): boolean {
    return isSend && (this.#model.chans[c]?.isClosed ?? false);
  }
  #cases(op: Op): Cases {
    return Object.fromEntries(
      op.cases.map(({ c, isSend }, k) => {
        const real = this.#real[c] as Chan<number>;
        const equal = firstEqual(op.cases, k);
        return [`k${equal} ${k}`, isSend ? sending(real, op.id * 10 + equal) : receiving(real)];
      }),
    );
  }
  #try(op: Op, isSelect: boolean): string {
    try {
      if (isSelect) return describe(trySelect(this.#cases(op)));
      const { c, isSend } = op.cases[0] as ModelCase;
      const real = this.#real[c] as Chan<number>;
      if (isSend) return real.trySend(op.id * 10) ? "0 sent" : "not ready";
      const got = real.tryRecv();
      return got === undefined ? "not ready" : got[1] ? `0 got ${got[0]}` : "0 closed";
    } catch (error) {
      return failure(error);
    }
  }
  #start(op: Op, isSelect: boolean): void {
    const options = { signal: (this.#aborts[op.id] as AbortController).signal };
    const { c, isSend } = op.cases[0] as ModelCase;
    const real = this.#real[c] as Chan<number>;
    // Half of the programs give no signal: those are other paths in the code.
    const given = op.id % 2 === 0 ? options : undefined;
    const answer = isSelect
      ? select(this.#cases(op), given).then(describe)
      : isSend
        ? real.send(op.id * 10, given).then(() => "0 sent")
        : real.recv(given).then(([v, ok]) => (ok ? `0 got ${v}` : "0 closed"));
    void answer.catch(failure).then((text) => this.#note(op.id, text));
  }
  #note(id: number, text: string): void {
    expect(this.#answers[id]).toBeUndefined();
    this.#answers[id] = text;
  }
  #close(c: number): void {
    if (this.#model.close(c)) this.#real[c]?.close();
    else expect(() => this.#real[c]?.close()).toThrow("close of closed channel");
  }
  #abort(nth: number): void {
    const id = this.#ops.length === 0 ? 0 : nth % this.#ops.length;
    const op = this.#ops[id];
    if (op === undefined) return;
    if (id % 2 === 0) this.#aborts[id]?.abort("aborted");
    else if (op.answer === undefined) this.#rescue();
    if (!this.#model.blocked.includes(op)) return;
    op.answer = "aborted";
    this.#model.blocked = this.#model.blocked.filter((other) => other !== op);
  }
  /** Operations without a signal are ended by closing everything. */
  #rescue(): void {
    this.#real.forEach((_, c) => {
      this.#close(c);
    });
  }
  async #look(): Promise<void> {
    await ticks();
    expect(this.#answers).toEqual(this.#ops.map((op) => op.answer));
    this.#real.forEach((c, i) => {
      expect(c.len).toBe(this.#model.chans[i]?.buffer.length);
      const count = (isSend: boolean): number =>
        this.#model.blocked.flatMap((op) => op.cases).filter((mc) => mc.c === i && mc.isSend === isSend)
          .length;
      expect(waiters(c)).toEqual({ recv: count(false), send: count(true) });
    });
  }
}

/** Cases that do the same on the same chan are one to the model: any of them may win. */
function firstEqual(cases: readonly ModelCase[], k: number): number {
  return cases.findIndex(({ c, isSend }) => c === cases[k]?.c && isSend === cases[k]?.isSend);
}

function describe(it: { case: string; value?: unknown; ok?: boolean } | undefined): string {
  if (it === undefined) return "not ready";
  const [k] = it.case.slice(1).split(" ");
  if (it.ok === undefined) return `${k} sent`;
  return it.ok ? `${k} got ${it.value}` : `${k} closed`;
}

function failure(error: unknown): string {
  return error instanceof SendOnClosedChannelError ? "panic" : String(error);
}

const caps = fc.tuple(fc.constantFrom(0, 1, 3), fc.constantFrom(0, 1, 3), fc.constantFrom(0, 2));

/** The mutation check looks for a fault with fewer. */
const PROGRAMS = Number(process.env.CHAN_PROGRAMS ?? 10_000);

test("10,000 random programs do what the model of Go's rules does", { timeout: 120_000 }, async () => {
  let programs = 0;
  await fc.assert(
    fc.asyncProperty(
      caps,
      fc.array(step, { minLength: 1, maxLength: 24 }),
      fc.integer(),
      async (caps, steps, seed) => {
        programs++;
        const restore = useScheduler({ random: seeded(seed), yield: queueMicrotask });
        // Somewhere in the program this event-loop turn has had its share, and operations end later.
        for (let ops = OPS_PER_LOOK - (Math.abs(seed) % 40); ops > 0; ops--) spend();
        try {
          const run = new Run(caps);
          for (const step of steps) await run.do(step);
          await run.end();
        } finally {
          restore();
        }
      },
    ),
    { numRuns: PROGRAMS },
  );
  expect(programs).toBeGreaterThanOrEqual(PROGRAMS);
});
