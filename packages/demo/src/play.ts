/** Plays one scene: prepares a world in white, starts the nodes, gives the commands, and counts the verdict in SQL. */
import { setTimeout as sleep } from "node:timers/promises";
import { after, chan, receiving, select } from "@shirts/chan";
import { command, type Dependencies, declareJobs, startRelay } from "@shirts/cluster/president";
import type { Services } from "@shirts/cluster/services";
import type { AreaVerdict, Report, TraceEvent } from "@shirts/story";
import { Picture } from "@shirts/story";
import { areasOf } from "./bars.ts";
import { assemble, type Cast } from "./cast.ts";
import type { Outcome } from "./outcome.ts";
import type { Scene } from "./scenes.ts";
import type { Screen } from "./screen.ts";

export interface Play {
  readonly services: Services;
  readonly screen: Screen;
  readonly steps: number;
}

/** Resolves when the scene is over and its node processes have ended. */
export async function play(scene: Scene, { services, screen, steps }: Play): Promise<Outcome> {
  const picture = new Picture(areasOf(scene.orders), steps);
  const over = chan<true>(1);
  const trace: TraceEvent[] = [];
  const tell = (event: TraceEvent) => {
    trace.push(event);
    picture.apply(event);
    screen.event(event, picture);
    if (picture.isOver(scene.orders.length)) over.trySend(true);
  };
  await clearQueue(services, scene, (line) => screen.say(`  ${line}`));
  const report: Report = (body) => tell({ ...body, node: "president", at: Date.now() });
  const dependencies = { ...services, report };
  const cast = await assemble(scene, steps, services, tell);
  const relay = scene.stage === "v4" ? startRelay(dependencies, scene.stage) : undefined;
  const abort = new AbortController();
  const endScene = screen.begin(scene, picture);
  const startedAt = performance.now();
  try {
    await Promise.race([
      Promise.all([
        give(scene, dependencies, report, abort.signal),
        freeze(scene, cast, picture, tell, abort.signal),
        select({ over: receiving(over), tooLong: receiving(after(timeoutMs(scene, steps))) }),
      ]),
      cast.allEnded.then(() => {
        throw new Error("Every node has died; nobody is left to finish the story.");
      }),
    ]);
    const seconds = (performance.now() - startedAt) / 1000;
    await cast.dismiss();
    for (const area of picture.areas) picture.people.settle(area, await services.table.stripes(area, steps));
    const unacked = picture.unacked(scene.orders.length);
    const counted = await verdicts(services, scene);
    for (const verdict of counted) tell({ type: "verdict", verdict, node: "table", at: Date.now() });
    return { scene, seconds, verdicts: counted, trace, wasted: picture.wasted(), unacked };
  } finally {
    abort.abort();
    endScene();
    await relay?.stop();
    await cast.dismiss();
  }
}

/**
 * Empties the stage's queue of what an earlier story left, and says so. Throws when other workers consume it: then it is not
 * ours.
 */
export async function clearQueue(
  { rabbit }: Pick<Services, "rabbit">,
  { stage }: Pick<Scene, "stage">,
  say: (line: string) => void,
): Promise<void> {
  const queue = await declareJobs(rabbit, stage);
  const { consumers } = await rabbit.depth(queue);
  if (consumers > 0) {
    throw new Error(
      `${consumers} worker${consumers === 1 ? " is" : "s are"} already consuming ${queue} on this broker. Stop them first, or name another broker with AMQP_URL.`,
    );
  }
  const jobs = await rabbit.purge(queue);
  if (jobs > 0)
    say(`${jobs} job${jobs === 1 ? " was" : "s were"} left in ${queue}, and nobody consumes it: thrown away`);
}

/** The president gives the scene's commands at their times. */
async function give(
  scene: Scene,
  dependencies: Dependencies,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const startedAt = performance.now();
  for (const { atMs, area, shirt } of scene.orders) {
    await sleep(Math.max(0, startedAt + atMs - performance.now()), undefined, { signal });
    await command(dependencies, scene.stage, area, shirt, (accepted) =>
      report({ type: "commanded", command: accepted }),
    );
  }
}

/** Freezes the scene's node, and lets it go on when all jobs but its own are acked. */
async function freeze(
  { freeze: frost, orders, pacesMs }: Scene,
  { nodes }: Cast,
  picture: Picture,
  tell: (event: TraceEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const node = frost && nodes[frost.node];
  if (!node) return;
  await sleep(frost.atMs, undefined, { signal });
  // Right after a step, when it sleeps until the next one: a node that wakes up from its sleep paints first and reads
  // its cancel afterwards. Frozen while it waits for the table, it would read the cancel first.
  const lastStep = () => [...picture.walks.values()].find((walk) => walk.node === node.name)?.step;
  for (const seen = lastStep(); lastStep() === seen; ) await sleep(1, undefined, { signal });
  // Its report is here before it has lain down: it is asleep a third of its pace later.
  await sleep((pacesMs[frost.node] ?? 0) / 3, undefined, { signal });
  node.signal("SIGSTOP");
  tell({ type: "paused", node: node.name, at: Date.now() });
  while (picture.unacked(orders.length) > 1) await sleep(20, undefined, { signal });
  node.signal("SIGCONT");
  tell({ type: "resumed", node: node.name, at: Date.now() });
}

/** How long a scene may take before it counts as not finished, in milliseconds: each job alone at the slowest pace, three times. */
function timeoutMs({ pacesMs, orders }: Scene, steps: number): number {
  const slowest = Math.max(...pacesMs) + 20;
  return (orders.at(-1)?.atMs ?? 0) + 3 * orders.length * steps * slowest + 15_000;
}

async function verdicts({ table }: Services, scene: Scene): Promise<AreaVerdict[]> {
  const wanted = areasOf(scene.orders);
  return (await table.verdict()).filter(({ area }) => wanted.includes(area));
}
