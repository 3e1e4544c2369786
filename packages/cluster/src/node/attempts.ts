/**
 * Attempts: which job kills its node? Only the table can know it, since the node that is killed says nothing more.
 *
 * A node notes an attempt before the walk begins, and takes it back when the walk ends in a living process: acked, stopped,
 * refused, drained. A cut connection or a deploy leaves nothing behind; what stays is a node that was killed. After
 * `KILLS_MAX` of them without one landed step, the next node does not begin: it dead-letters the job, and no relay
 * brings it back. The queue's own delivery limit cannot do this: it counts every return as a kill.
 */
import { randomUUID } from "node:crypto";
import { type Chan, chan, go, type RecvChan, WaitGroup } from "@shirts/chan";
import type { Command, Job, Report } from "@shirts/story";
import type { Table } from "@shirts/table";
import { type Rounds, startRounds } from "../rounds.ts";
import type { DeliveredJob } from "./job.ts";

/** How many nodes a command may kill without one landed step in between. */
export const KILLS_MAX = 5;

/** How often a node says that its walks live, in milliseconds. A relay waits for several of these. */
const BEAT_MS = 1_000;

/** A walk that goes on. */
interface Walk {
  readonly command: Command;
  /** Has a value from its first landed step on, or from its end. */
  readonly moved: Chan<true>;
}

export class Attempts {
  readonly #table: Pick<Table, "begin" | "beat" | "end">;
  readonly #node: string;
  readonly #report: Report;
  readonly #walks = new Map<string, Walk>();
  readonly #takingBack = new WaitGroup();
  readonly #beats: Rounds;
  #hasEnded = false;

  constructor(table: Pick<Table, "begin" | "beat" | "end">, node: string, report: Report) {
    this.#table = table;
    this.#node = node;
    this.#report = report;
    this.#beats = startRounds(BEAT_MS, () => this.#beat());
  }

  /**
   * Notes an attempt for each job. Those that killed too many nodes are reported as rejected, and dead-lettered. The others keep
   * their order. Closed when `jobs` is. A table that gives no answer ends the program.
   *
   * A job that killed a node goes alone until its first step has landed: else the jobs beside it would be killed with it again
   * and again, and would look like killers, too.
   */
  note(jobs: RecvChan<DeliveredJob>): RecvChan<Job> {
    const noted = chan<Job>();
    go(async () => {
      for await (const job of jobs) {
        // The process is about to end, and what is noted now would look like a kill: the broker gets it back.
        if (this.#hasEnded) return;
        const id = randomUUID();
        const attempt = { id, node: this.#node, living: [...this.#walks.keys()] };
        const { isGivenUp, kills } = await this.#table.begin(job.command, attempt, KILLS_MAX);
        if (isGivenUp) {
          this.#reject(job);
          continue;
        }
        const moved = chan<true>(1);
        this.#walks.set(id, { command: job.command, moved });
        if (this.#hasEnded) return void this.#takeBack(id);
        await noted.send(this.#withAttempt(job, id));
        if (kills > 0) await moved.recv();
      }
      noted.close();
    });
    return noted;
  }

  #reject({ command, deadLetter }: DeliveredJob): void {
    const reason = `${KILLS_MAX} nodes died of it without one step in between. It does not come back by itself; \`president --resend\` tries it again`;
    this.#report({ type: "rejected", command, reason });
    void deadLetter(reason);
  }

  /** A routine acks at its end, whatever ended it. The ack may be dropped with its connection; the attempt is over all the same. */
  #withAttempt(job: DeliveredJob, id: string): Job {
    return {
      command: job.command,
      redelivered: job.redelivered,
      ack: () => {
        job.ack();
        this.#takeBack(id);
      },
    };
  }

  #takeBack(id: string): void {
    const walk = this.#walks.get(id);
    if (!walk) return;
    this.#walks.delete(id);
    walk.moved.trySend(true);
    this.#takingBack.go(() => this.#tell("an attempt cannot be taken back", () => this.#table.end([id])));
  }

  /** A step of the command has landed. */
  landed(command: Command): void {
    for (const { command: walked, moved } of this.#walks.values())
      if (walked.area === command.area && walked.revision === command.revision) moved.trySend(true);
  }

  async #beat(): Promise<void> {
    if (this.#walks.size === 0) return;
    const ids = [...this.#walks.keys()];
    await this.#tell("the table does not hear that jobs go on", () => this.#table.beat(ids));
  }

  /** Takes back what goes on, and begins nothing more: this process ends, and was not killed. Never rejects. */
  async end(): Promise<void> {
    this.#hasEnded = true;
    for (const id of [...this.#walks.keys()]) this.#takeBack(id);
    await Promise.all([this.#takingBack.wait(), this.#beats.stop()]);
  }

  async #tell(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#report({ type: "failed", reason: `${what}: ${(error as Error).message}` });
    }
  }
}
