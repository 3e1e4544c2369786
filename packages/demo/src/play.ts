/** Plays one scene: dresses everybody in white, starts the nodes, gives the commands, and counts the verdict in SQL. */
import { setTimeout as sleep } from "node:timers/promises";
import type { AreaVerdict, TraceEvent } from "@shirts/story";
import { areasOf } from "./bars.ts";
import type { House } from "./house.ts";
import { Picture } from "./picture.ts";
import { command, jobQueue } from "./president.ts";
import { type Child, end, start } from "./process.ts";
import type { Scene } from "./scenes.ts";
import type { Screen } from "./screen.ts";

export interface Outcome {
  readonly scene: Scene;
  /** From the first command until every job is acked. */
  readonly seconds: number;
  readonly verdicts: readonly AreaVerdict[];
  readonly wasted: number;
  /** Commands whose job nobody acked in time. */
  readonly unacked: number;
}

export interface Stagehand {
  readonly house: House;
  readonly screen: Screen;
  readonly steps: number;
}

/** Resolves when the scene is over and its node processes have ended. */
export async function play(scene: Scene, { house, screen, steps }: Stagehand): Promise<Outcome> {
  const picture = new Picture(areasOf(scene.orders), steps);
  const stop = new AbortController();
  let wake = () => {};
  const tell = (event: TraceEvent) => {
    picture.apply(event);
    screen.event(event, picture);
    wake();
  };
  await clearQueue(house, scene);
  const nodes = await startNodes(scene, steps, house, tell);
  let closeScreen = () => {};
  try {
    closeScreen = screen.begin(scene, picture);
    const startedAt = performance.now();
    const lastWords = watch(nodes, picture, tell);
    const orders = give(scene, house, tell, stop.signal);
    const freeze = freezeNode(scene, nodes, picture, stop.signal);
    const over = new Promise<void>((resolve) => {
      wake = () => {
        if (picture.isOver(scene.orders.length)) resolve();
      };
    });
    await Promise.race([
      Promise.all([orders, over]),
      freeze.then(() => new Promise<never>(() => {})),
      lastWords,
      sleep(patience(scene, steps), undefined, { signal: stop.signal }),
    ]);
    const seconds = (performance.now() - startedAt) / 1000;
    await Promise.all(nodes.map((node) => end(node)));
    closeScreen();
    const unacked = scene.orders.length - picture.acked.size;
    return { scene, seconds, verdicts: await verdicts(house, scene), wasted: picture.wasted(), unacked };
  } finally {
    stop.abort();
    await Promise.all(nodes.map((node) => end(node)));
  }
}

/** Empties the stage's queue of what an earlier story left. Throws when somebody else is working on it. */
async function clearQueue({ rabbit }: House, { stage }: Scene): Promise<void> {
  const queue = jobQueue(stage);
  await rabbit.declareQueue(queue);
  const { consumers } = await rabbit.depth(queue);
  if (consumers > 0) {
    throw new Error(
      `${consumers} worker${consumers === 1 ? " is" : "s are"} already consuming ${queue} on this broker. Stop them first, or name another broker with AMQP_URL.`,
    );
  }
  await rabbit.purge(queue);
}

/** Starts the nodes one after another, so that the broker serves them in this order. */
async function startNodes(
  scene: Scene,
  steps: number,
  house: House,
  tell: (event: TraceEvent) => void,
): Promise<Child[]> {
  const nodes: Child[] = [];
  try {
    for (const [index, paceMs] of scene.pacesMs.entries()) {
      const name = `node ${index + 1}`;
      const args = [
        "--json",
        "--name",
        name,
        "--pace",
        String(paceMs),
        "--steps",
        String(steps),
        "--drain",
        "2000",
      ];
      await new Promise<void>((resolve, reject) => {
        const node = start(name, `../../${scene.stage}/src/main.ts`, args, house.env, (line) => {
          const event = JSON.parse(line) as TraceEvent;
          if (event.type === "ready") resolve();
          tell(event);
        });
        nodes.push(node);
        void node.ended.then((code) =>
          reject(new Error(`${name} did not start (exit ${code}): ${node.complaint()}`)),
        );
      });
    }
    return nodes;
  } catch (error) {
    await Promise.all(nodes.map((node) => end(node)));
    throw error;
  }
}

/** Reports nodes that die. Rejects when the last one is gone, since then nobody will finish the story. */
async function watch(
  nodes: readonly Child[],
  picture: Picture,
  tell: (event: TraceEvent) => void,
): Promise<never> {
  await Promise.all(
    nodes.map(async (node) => {
      const code = await node.ended;
      picture.bury(node.name);
      tell({
        type: "crashed",
        reason: node.complaint() || `ended with ${code}`,
        node: node.name,
        at: Date.now(),
      });
    }),
  );
  throw new Error("Every node has died; nobody is left to finish the story.");
}

/** The president gives the scene's commands at their times. */
async function give(
  scene: Scene,
  house: House,
  tell: (event: TraceEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const startedAt = performance.now();
  for (const { atMs, area, shirt } of scene.orders) {
    await sleep(Math.max(0, startedAt + atMs - performance.now()), undefined, { signal });
    await command(house, scene.stage, area, shirt, (accepted) =>
      tell({ type: "commanded", command: accepted, node: "president", at: Date.now() }),
    );
  }
}

/** Freezes the scene's node and lets it go on when all jobs but its own are acked. */
async function freezeNode(
  { freeze, orders }: Scene,
  nodes: readonly Child[],
  picture: Picture,
  signal: AbortSignal,
): Promise<void> {
  const node = freeze && nodes[freeze.node];
  if (!node) return;
  await sleep(freeze.atMs, undefined, { signal });
  node.signal("SIGSTOP");
  while (picture.acked.size < orders.length - 1) await sleep(20, undefined, { signal });
  node.signal("SIGCONT");
}

/** How long a scene may take before it counts as not finished, in milliseconds: each job alone at the slowest pace, three times. */
function patience({ pacesMs, orders }: Scene, steps: number): number {
  const slowest = Math.max(...pacesMs) + 20;
  return (orders.at(-1)?.atMs ?? 0) + 3 * orders.length * steps * slowest + 15_000;
}

async function verdicts({ world }: House, scene: Scene): Promise<AreaVerdict[]> {
  const wanted = areasOf(scene.orders);
  return (await world.verdict()).filter(({ area }) => wanted.includes(area));
}
