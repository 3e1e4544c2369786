/**
 * A cluster in memory for tests: one queue, one fan-out and one table, with workers on them. Time is whatever `after`
 * says, so in a bubble of fake time a story takes no time, and always goes the same way.
 *
 * The simulator does more: it also plays networks, crashes and every order of events.
 */
import { after, type Chan, chan, go } from "@shirts/chan";
import type { Area, Cancel, Colour, Command, EventBody, FencedTools, Job, Shirt } from "@shirts/story";

export interface WorkerSettings {
  readonly name: string;
  /** Milliseconds per step. */
  readonly paceMs: number;
  /** How many unacked jobs this worker may hold; default 1. */
  readonly prefetch?: number;
  /** Milliseconds that a cancel needs to reach this worker; default 1. Infinity: it is lost. */
  readonly cancelMs?: number;
  /** Refuses steps of older commands, as v4's table does; default false. */
  readonly fenced?: boolean;
}

export class InMemoryCluster {
  readonly steps: number;
  /** What the people of each step wear. */
  readonly table = new Map<Area, Shirt[]>();
  /** What happened, with the worker's name. */
  readonly log: (EventBody & { readonly node: string })[] = [];
  readonly #queue: Chan<Command> = chan(1000);
  readonly #revisions = new Map<Area, number>();
  readonly #cancelQueues: ((cancel: Cancel) => void)[] = [];

  constructor(steps = 10) {
    this.steps = steps;
  }

  /** The president's order: a job for the first worker that has room. */
  async command(shirt: Colour, area: Area = "north-america"): Promise<Command> {
    const revision = (this.#revisions.get(area) ?? 0) + 1;
    this.#revisions.set(area, revision);
    const command: Command = { area, shirt, revision };
    this.log.push({ type: "commanded", command, node: "president" });
    await this.#queue.send(command);
    return command;
  }

  /** Puts a command into the queue again, as a broker does whose worker died. */
  redeliver(command: Command): Promise<void> {
    return this.#queue.send(command);
  }

  /** Tells every worker of the cluster to stop working on an area. */
  broadcast(cancel: Cancel): void {
    for (const put of this.#cancelQueues) put(cancel);
  }

  /** A new worker's tools, good for every stage. */
  addWorker({ name, paceMs, prefetch = 1, cancelMs = 1, fenced = false }: WorkerSettings): FencedTools {
    const cancels = chan<Cancel>(1000);
    const report = (event: EventBody) => this.log.push({ ...event, node: name });
    this.#cancelQueues.push((cancel) => {
      if (cancelMs === Number.POSITIVE_INFINITY) return;
      go(async () => {
        await after(cancelMs).recv();
        report({ type: "cancel received", cancel });
        cancels.trySend(cancel);
      });
    });
    return {
      steps: this.steps,
      consumerId: name,
      cancels,
      report,
      jobs: this.#deliver(report, prefetch),
      pace: () => after(paceMs),
      broadcast: (cancel) => {
        report({ type: "cancel sent", cancel });
        this.broadcast(cancel);
      },
      resume: async () => 0,
      paint: async (command, step) => this.#paint(command, step, fenced, report),
    };
  }

  /** No more jobs for any worker: every worker may finish what it has. */
  close(): void {
    this.#queue.close();
  }

  /** The shirts of an area as letters, one per step: "BBBBPPPPPP". */
  bar(area: Area = "north-america"): string {
    return this.#people(area)
      .map((shirt) => (shirt === "white" ? "." : shirt.charAt(0).toUpperCase()))
      .join("");
  }

  #people(area: Area): Shirt[] {
    const people = this.table.get(area) ?? new Array<Shirt>(this.steps).fill("white");
    this.table.set(area, people);
    return people;
  }

  #paint(command: Command, step: number, fenced: boolean, report: (event: EventBody) => void): boolean {
    const stale = command.revision < (this.#revisions.get(command.area) ?? 0);
    if (stale && fenced) {
      report({ type: "refused", command, step });
      return false;
    }
    this.#people(command.area)[step] = command.shirt;
    report({ type: "painted", command, step, stale });
    return true;
  }

  /** Delivers jobs one by one, never more than `prefetch` that are not acked. */
  #deliver(report: (event: EventBody) => void, prefetch: number): Chan<Job> {
    const jobs = chan<Job>(prefetch);
    const room = chan<true>(prefetch);
    go(async () => {
      for (;;) {
        await room.send(true);
        const [command, ok] = await this.#queue.recv();
        if (!ok) return jobs.close();
        report({ type: "delivered", command, redelivered: false });
        let acked = false;
        const ack = () => {
          if (acked) return;
          acked = true;
          room.tryRecv();
          report({ type: "acked", command });
        };
        await jobs.send({ command, redelivered: false, ack });
      }
    });
    return jobs;
  }
}
