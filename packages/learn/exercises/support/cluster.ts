/** A cluster in memory for one exercise: a queue, a fan-out, a table, and the reader's workers on them. Fake time. */
import { InMemoryCluster } from "@shirts/cluster/testing";
import type { Print } from "@shirts/learn";
import { ending } from "@shirts/learn/ending";
import { describe, sentenceOf } from "@shirts/story";

export interface Played {
  readonly cluster: InMemoryCluster;
  /** Why the story did not end by itself. */
  readonly stopped: string | undefined;
}

/** Plays a story on a new cluster, to its end or to the bound of all stories. */
export async function played(
  story: (cluster: InMemoryCluster) => Promise<void>,
  steps = 10,
): Promise<Played> {
  const cluster = new InMemoryCluster(steps);
  const stopped = await ending(() => story(cluster));
  return { cluster, stopped };
}

/** What happened, and what the people of each area wear. */
export function tell({ cluster, stopped }: Played, print: Print): void {
  for (const event of cluster.log)
    if (event.type !== "painted") print(sentenceOf(describe({ ...event, at: 0 })));
  for (const area of cluster.table.keys()) print(`${area}: ${cluster.bar(area)}`);
  if (stopped) print(`it does not end: ${stopped}`);
}
