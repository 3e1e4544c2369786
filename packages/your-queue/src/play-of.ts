/** From a queue's name to its play: which file is played, and what is set up before it. */
import { makeJobs } from "./plain/jobs.ts";
import type { Play } from "./play.ts";
import { QUEUES, type QueueFacts, type QueueName } from "./queues.ts";
import type { Tools } from "./tools.ts";

const SET_UP: { readonly [name in QueueName]?: (tools: Tools) => Promise<void> } = {
  plain: ({ db }) => makeJobs(db),
};

export function playOf(name: QueueName, isFenced: boolean): Play {
  const queue: QueueFacts = QUEUES[name];
  const file = new URL(`${name}/${isFenced ? "fenced" : "worker"}.ts`, import.meta.url).href;
  return { queue, file, setUp: SET_UP[name] };
}
