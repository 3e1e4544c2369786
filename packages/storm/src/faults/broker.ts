/** Faults of the broker, and of the way to it. */
import { setTimeout as sleep } from "node:timers/promises";
import { STAGES } from "@shirts/story";
import { type Fault, victim } from "./injection.ts";

/** Cuts a node's connections to the broker; it reconnects by itself. */
export const cut: Fault = async (injection) => {
  victim(injection).proxy.cut();
};

/** Holds back everything between the broker and a node, in both directions. Nothing is lost, all comes late. */
export const stall: Fault = async (injection) => {
  const { proxy } = victim(injection);
  proxy.stall();
  await sleep(injection.random.int(50, 300));
  proxy.flow();
};

/** Every node is far from the broker, from the first command on: each cancel is on its way while the jobs run. */
export const lag: Fault = async ({ arena, random, whenQuiet }) => {
  const far = (ms: () => number) => {
    for (const { proxy } of arena.slots) proxy.lag(ms());
  };
  far(() => random.int(20, 40));
  whenQuiet(async () => far(() => 0));
};

/** Kills a broker without a goodbye and starts it again on its own data. */
export const broker: Fault = async ({ arena, random, forgetJobs }) => {
  await random.pick(arena.brokers).restart();
  forgetJobs();
};

/** A broker dies, and stays dead: with one broker for a while, in a cluster until the story is over. */
export const outage: Fault = async ({ arena, random, whenQuiet, forgetJobs }) => {
  // The last one is the president's, which has no other address.
  const victim = random.pick(arena.brokers.length > 1 ? arena.brokers.slice(0, -1) : arena.brokers);
  await victim.kill();
  if (arena.brokers.length > 1) return whenQuiet(() => victim.restart());
  await sleep(random.int(500, 2000));
  await victim.restart();
  forgetJobs();
};

/** Deletes a node's own cancel queue behind its back, while commands go on. */
export const queue: Fault = async ({ arena, random, giveOne }) => {
  const names = (await arena.broker.ctl("list_queues", "--silent", "name")).split("\n");
  const own = names.filter((name) => name.startsWith("amq.gen-"));
  if (own.length === 0) return; // v1 listens to nobody
  let isGone = false;
  const gone = arena.broker.ctl("delete_queue", random.pick(own)).finally(() => {
    isGone = true;
  });
  const go = async () => {
    // rabbitmqctl takes about a second; some of these commands meet the node while it is deaf.
    while (!isGone) await giveOne();
  };
  await Promise.all([gone, go()]);
};

/** Deletes the queue of jobs while the newest one waits in it: no node runs. Then the nodes start, and find it empty. */
export const jobsQueue: Fault = async ({ arena, allGiven, giveOne, loseJobs }) => {
  await allGiven;
  for (const { process } of arena.slots) process?.signal("SIGKILL");
  await Promise.all(arena.slots.map(({ process }) => process?.ended));
  await giveOne();
  await arena.broker.ctl("delete_queue", STAGES[arena.stage].jobs.queue);
  arena.hasNewJobsQueue = true;
  loseJobs();
  await arena.heal();
};
