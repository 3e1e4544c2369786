/** From a queue's name to its play: which file is played, and what is set up before it. */
import { migrate } from "./graphile-worker/runner.ts";
import { makeNotes } from "./mail/notes.ts";
import { openBoss } from "./pg-boss/boss.ts";
import { makeJobs } from "./plain/jobs.ts";
import type { Play } from "./play.ts";
import { QUEUES, type QueueFacts, type QueueName } from "./queues.ts";
import type { Tools } from "./tools.ts";

async function makeMail({ db }: Tools): Promise<void> {
  await makeJobs(db);
  await makeNotes(db);
}

const SET_UP: { readonly [name in QueueName]?: (tools: Tools) => Promise<void> } = {
  plain: ({ db }) => makeJobs(db),
  store: ({ db }) => makeJobs(db),
  mail: makeMail,
  "mail-window": makeMail,
  async "pg-boss"({ databaseUrl, queue }) {
    const boss = await openBoss(databaseUrl);
    await boss.createQueue(queue);
    await boss.stop({ graceful: false });
  },
  "graphile-worker": ({ db }) => migrate(db),
};

export function playOf(name: QueueName, isFenced: boolean): Play {
  const queue: QueueFacts = QUEUES[name];
  const file = new URL(`${queue.outside ?? name}/${isFenced ? "fenced" : "worker"}.ts`, import.meta.url).href;
  return { queue, file, setUp: SET_UP[name] };
}
