/** The tailor's messages and tools, as in the chapters: a job is one shirt to sew, the state is the colour of these days. */
import type { RecvChan } from "@shirts/chan";
import type { Colour } from "@shirts/story";

/** The president's colour. `revision` rises by one each time he changes his mind. */
export interface State {
  readonly shirt: Colour;
  readonly revision: number;
}

/** One shirt to sew. It names no colour: the state does. */
export interface Job {
  readonly number: number;
  /** Tells the broker that the job is done. */
  ack(): void;
}

/** A finished shirt, and the state in which it was dyed. */
export interface Result extends State {
  readonly number: number;
}

export interface Tools {
  /** One job at a time: the next one comes after the ack. Closed when no more shirts are to be sewn. */
  readonly jobs: RecvChan<Job>;
  /** Reads the state in the table as it is now. */
  readState(): Promise<State>;
  /** The long work: resolves when the shirt is sewn, or as soon as `stop` is closed. */
  sew(job: Job, stop?: RecvChan<never>): Promise<void>;
  /** Puts a shirt into the outgoing queue. */
  deliver(result: Result): Promise<void>;
}

export interface FanInTools extends Tools {
  /** Each new state, as it is published. The subscription exists before the tailor starts. */
  readonly states: RecvChan<State>;
}
