/** A node that writes down what a stage's `main.ts` asks of it, in order, and has one job of two steps. */
import { after, chan } from "@shirts/chan";
import type { Cancel, Command } from "@shirts/story";
import type { DeliveredJob } from "../node/job.ts";
import type { Node } from "../node/node.ts";

export interface Recording {
  readonly node: Node;
  readonly calls: readonly string[];
}

const command: Command = { area: "north-america", shirt: "blue", revision: 1, world: "w1" };

export function recordingNode(): Recording {
  const calls: string[] = [];
  const write = (call: string) => calls.push(call);
  const newest = async (): Promise<Cancel[]> => [];
  const node: Node = {
    tools: {
      steps: 2,
      report: () => {},
      pace: () => after(0),
      paint: async (_, step) => write(`paint step ${step}`),
    },
    fence: {
      resume: async () => 0,
      paint: async (_, step) => write(`paint step ${step} behind the fence`) > 0,
    },
    async consume({ queue, type, prefetch }) {
      write(`consume ${queue}, ${type}, ${prefetch} at once`);
      const jobs = chan<DeliveredJob>(1);
      const ack = () => void write("ack");
      jobs.trySend({ command, redelivered: false, ack, deadLetter: async () => {} });
      jobs.close();
      return jobs;
    },
    async subscribe(exchange, catchUp) {
      write(`subscribe ${exchange}${catchUp === newest ? ", and catch up" : ""}`);
      return { consumerId: "n1", cancels: chan<Cancel>(), broadcast: () => void write("broadcast") };
    },
    newest,
    admitJobs(jobs) {
      write("admit jobs");
      return jobs;
    },
    admitCancels(cancels) {
      write("admit cancels");
      return cancels;
    },
    relay: async (stage) => void write(`relay ${stage}`),
  };
  return { node, calls };
}
