/** A workshop for one exercise: a president, a queue with prefetch 1, a table, and the reader's tailor. Fake time. */
import { after, type Chan, chan, go, type RecvChan, receiving, select, sleep } from "@shirts/chan";
import { ending } from "@shirts/learn/ending";
import type { Job, Result, State, Tools } from "@shirts/learn/tailor";
import type { Colour } from "@shirts/story";

export interface Plan {
  readonly orders: number;
  readonly orderMs: number;
  readonly sewMs: number;
  /** How long the table needs for an answer. */
  readonly readMs?: number;
  /** Before which order the president changes his mind. */
  readonly changes: Readonly<Record<number, Colour>>;
  /** The shirt at which the needle breaks, once. */
  readonly breaksAt?: number;
  /** He sews with coloured cloth: what counts is the colour at the first stitch, and a change makes the half-sewn shirt worthless. */
  readonly isCloth?: boolean;
}

/** What a tailor is given here: the polling one uses `tools`, the one of the next chapter also `states`. */
export type ShopTools = Tools & { readonly states: Chan<State> };

const FIRST: State = { shirt: "purple", revision: 1 };
/** One time that a shirt was in work. */
interface Piece {
  readonly number: number;
  /** The state when it was begun. */
  readonly cloth: State;
  isDone: boolean;
  isDropped: boolean;
}

/** No tailor here needs more. */
const CALLS_MAX = 2000;

/** One day of work, and what is wrong with it. */
export class Workday {
  readonly results: Result[] = [];
  readonly lines: string[] = [];
  readonly acked = new Set<number>();
  reads = 0;
  /** Why the tailor did not end by himself. */
  stopped: string | undefined;
  /** What a tailor must never do: the first time that he did it. */
  misdeed: string | undefined;
  readonly #plan: Plan;
  readonly #wanted = new Map<number, State>();
  readonly #states: State[] = [FIRST];
  readonly #taken = new Set<number>();
  readonly #sewn = new Set<number>();
  readonly #pieces: Piece[] = [];
  readonly #ackNews = chan<true>(1);
  #isBroken = false;

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  /** The numbers of the shirts that were ordered after a newer state was in the table. */
  get old(): number[] {
    return this.results
      .filter(({ number, revision }) => revision < (this.#wanted.get(number)?.revision ?? 0))
      .map(({ number }) => number);
  }

  get missing(): number[] {
    const delivered = new Set(this.results.map(({ number }) => number));
    return [...this.#wanted.keys()].filter((number) => !delivered.has(number));
  }

  async play(work: (tools: ShopTools) => Promise<void>): Promise<this> {
    this.stopped = await ending(async () => {
      const jobs = chan<Job>();
      const states = chan<State>(100);
      go(() => this.#preside(jobs, states));
      await work({
        jobs,
        states,
        readState: () => this.#read(),
        sew: (job, stop) => this.#sew(job, stop),
        deliver: (result) => this.#deliver(result),
      });
    });
    return this;
  }

  async #preside(jobs: Chan<Job>, states: Chan<State>): Promise<void> {
    const queue = chan<number>(this.#plan.orders);
    go(() => this.#hand(queue, jobs));
    for (let number = 1; number <= this.#plan.orders; number++) {
      const shirt = this.#plan.changes[number];
      if (shirt) {
        const state = { shirt, revision: this.#states.length + 1 };
        this.#states.push(state);
        await states.send(state);
        if (this.#plan.isCloth) go(() => this.#checkDropped(state));
      }
      this.#wanted.set(number, this.#newest);
      await queue.send(number);
      await sleep(this.#plan.orderMs);
    }
    queue.close();
  }

  get #newest(): State {
    return this.#states.at(-1) ?? FIRST;
  }

  /** The broker: one job, and the next one after its ack. */
  async #hand(queue: Chan<number>, jobs: Chan<Job>): Promise<void> {
    for await (const number of queue) {
      await jobs.send({ number, ack: () => this.#ack(number) });
      this.#taken.add(number);
      await this.#ackNews.recv();
    }
    jobs.close();
  }

  #ack(number: number): void {
    if (this.acked.has(number)) return;
    this.acked.add(number);
    if (!this.results.some((result) => result.number === number))
      this.misdeed ??= `job ${number} is acked before its shirt is delivered. If the tailor falls over now, the broker has forgotten the job, and nobody sews the shirt`;
    this.#ackNews.trySend(true);
  }

  async #read(): Promise<State> {
    if (++this.reads > CALLS_MAX) throw new Error(`the table was read ${CALLS_MAX} times, and no end`);
    await sleep(this.#plan.readMs ?? 0);
    return this.#newest;
  }

  async #sew({ number }: Job, stop?: RecvChan<never>): Promise<void> {
    const piece: Piece = { number, cloth: this.#newest, isDone: false, isDropped: false };
    if (this.#plan.isCloth && this.#pieces.some(({ isDone, isDropped }) => !isDone && !isDropped))
      this.misdeed ??= `shirt ${number} is begun while another one is still in work: he sews one at a time`;
    if (this.#pieces.push(piece) > CALLS_MAX) throw new Error(`${CALLS_MAX} shirts were begun, and no end`);
    await select({ stop: stop && receiving(stop), sewn: receiving(after(this.#plan.sewMs)) });
    if (stop?.tryRecv()) {
      piece.isDropped = true;
      return;
    }
    if (number === this.#plan.breaksAt && !this.#isBroken) {
      this.#isBroken = true;
      throw new Error("the needle broke");
    }
    piece.isDone = true;
    this.#sewn.add(number);
  }

  /** A moment after a change nothing may be in work in an older colour. */
  async #checkDropped(state: State): Promise<void> {
    await sleep(1);
    const old = this.#pieces.find(
      ({ cloth, isDone, isDropped }) => cloth.revision < state.revision && !isDone && !isDropped,
    );
    if (old)
      this.misdeed ??= `the president wants ${state.shirt.toUpperCase()} now, and shirt ${old.number} is still sewn in ${old.cloth.shirt.toUpperCase()}: nobody told the hands that it is worthless`;
  }

  async #deliver({ number, shirt, revision }: Result): Promise<void> {
    if (this.results.length > CALLS_MAX) throw new Error(`${CALLS_MAX} shirts were delivered, and no end`);
    if (!this.#sewn.has(number))
      this.misdeed ??= this.#taken.has(number)
        ? `shirt ${number} is delivered, and it is not sewn yet`
        : `shirt ${number} is delivered, and no job ordered it: a tailor takes jobs from the queue`;
    else if (!this.#states.some((state) => state.shirt === shirt && state.revision === revision))
      this.misdeed ??= `shirt ${number} is dyed ${shirt} with revision ${revision}, and the table never said that`;
    else if (this.results.some((result) => result.number === number))
      this.misdeed ??= `shirt ${number} is delivered twice`;
    if (this.#plan.isCloth) this.#checkCloth(number, revision);
    const wanted = this.#wanted.get(number);
    const mark = wanted && revision < wanted.revision ? "  <- old state" : "";
    this.lines.push(`shirt ${number}: ordered ${wanted?.shirt}, dyed ${shirt}${mark}`);
    this.results.push({ number, shirt, revision });
  }

  #checkCloth(number: number, revision: number): void {
    const piece = this.#pieces.findLast((one) => one.number === number && one.isDone);
    if (piece && piece.cloth.revision !== revision)
      this.misdeed ??= `shirt ${number} was begun in ${piece.cloth.shirt.toUpperCase()}, and it is delivered as if it were of revision ${revision}: cloth does not change its colour`;
    else if (piece && revision < this.#newest.revision)
      this.misdeed ??= `shirt ${number} is delivered in ${piece.cloth.shirt.toUpperCase()}, and the president wants ${this.#newest.shirt.toUpperCase()}: it was sewn for nothing`;
  }

  /** Everything but the colours: no job lost, none acked too early, an end. */
  get complaint(): string | undefined {
    if (this.misdeed) return this.misdeed;
    const unacked = this.results.find(({ number }) => !this.acked.has(number));
    if (unacked)
      return `shirt ${unacked.number} is delivered, and its job is never acked. The broker gives a tailor one job at a time, so he gets no other one`;
    if (this.stopped) return `the tailor does not come to his end: ${this.stopped}`;
    const [first] = this.missing;
    return first === undefined ? undefined : `shirt ${first} is never delivered, and somebody ordered it`;
  }
}
