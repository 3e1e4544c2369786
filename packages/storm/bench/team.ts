/**
 * A team of nodes inside the bench's own process: the stages' own workers, each with its own connections to a real
 * broker and a real table. Without processes in between, times are read off one clock.
 */
import { connect } from "@shirts/amqp";
import { after } from "@shirts/chan";
import { decodeCancel, encodeCancel } from "@shirts/cluster/messages";
import { type Command, type EventBody, type FencedTools, type Job, STAGES } from "@shirts/story";
import { openTable, type Table } from "@shirts/table";
import { worker as v2 } from "@shirts/v2";
import { worker as v3 } from "@shirts/v3";
import { worker as v4 } from "@shirts/v4";

const WORKERS = { v2, v3, v4 } as const;
export type TeamStage = keyof typeof WORKERS;

export interface Servers {
  readonly amqpUrl: string;
  readonly databaseUrl: string;
}

export interface Plan {
  readonly nodes: number;
  readonly steps: number;
  /** Milliseconds that one step waits. */
  readonly paceMs: number;
  /** One step at the table; false when it was refused. */
  paint(table: Table, command: Command, step: number): Promise<boolean>;
  report(event: EventBody): void;
}

export interface Team {
  /** Closes all connections; jobs that run go back to their queue. */
  close(): Promise<void>;
}

/** Starts the nodes; resolves when all wait for jobs. */
export async function startTeam(stage: TeamStage, servers: Servers, plan: Plan): Promise<Team> {
  const nodes: (() => Promise<void>)[] = [];
  for (let number = 0; number < plan.nodes; number++) nodes.push(await startNode(stage, servers, plan));
  return {
    async close() {
      for (const close of nodes) await close();
    },
  };
}

/** Resolves with what ends the node. */
async function startNode(
  stage: TeamStage,
  { amqpUrl, databaseUrl }: Servers,
  plan: Plan,
): Promise<() => Promise<void>> {
  const worker = WORKERS[stage];
  const { queue, type, prefetch } = STAGES[stage].jobs;
  const rabbit = await connect(amqpUrl);
  const table = await openTable(databaseUrl);
  const { chan: cancels, name } = await rabbit.subscribe(STAGES.v4.cancels, { decode: decodeCancel });
  const { chan: jobs, stop } = await rabbit.consume(queue, {
    prefetch,
    queue: { type },
    decode: (body, delivery): Job => {
      // Not decodeCommand: the bench's areas are its own.
      const command = JSON.parse(Buffer.from(body).toString()) as Command;
      const ack = () => {
        delivery.ack();
        plan.report({ type: "acked", command });
      };
      return { command, redelivered: delivery.redelivered, ack };
    },
  });
  const tools: FencedTools = {
    jobs,
    cancels,
    consumerId: name,
    steps: plan.steps,
    pace: () => after(plan.paceMs),
    paint: async (command, step) => {
      const painted = await plan.paint(table, command, step);
      plan.report(
        painted ? { type: "painted", command, step, stale: false } : { type: "refused", command, step },
      );
      return painted;
    },
    resume: async () => 0,
    broadcast: (cancel) =>
      void rabbit.broadcast(STAGES.v4.cancels, encodeCancel({ ...cancel, world: "bench" })).catch(() => {}),
    report: plan.report,
  };
  const ended = worker(tools);
  return async () => {
    await stop();
    await ended;
    await rabbit.close();
    await table.close();
  };
}
