/** A scene in words: what each node does and waits for. The drawing shows them beside the nodes, a screen reader reads them. */
import { areaName, type Command, cancelText, type Shirt } from "@shirts/story";
import { text } from "../text.ts";
import type { NodeScene, RoutineScene, Scene } from "./scene.ts";

const words = text.scene;

/** What a node says in few words: its own state, and one line for each routine. Its shirt is beside the line. */
export interface NodeLines {
  readonly status: string;
  readonly routines: readonly string[];
}

export function nodeLines(node: NodeScene, steps: number): NodeLines {
  const { routines, state, blocked } = node;
  if (state === "down") return { status: words.down, routines: [] };
  const states = state === "running" ? [] : [words.states[state]];
  const idle = routines.length === 0 && state === "running" ? [words.idle] : [];
  const status = [...states, ...(blocked === undefined ? [] : [words.blocked(blocked)]), ...idle].join("; ");
  return { status, routines: routines.map((routine) => routineWords(routine, steps)) };
}

function routineWords({ phase, done, deliveries, isLost }: RoutineScene, steps: number): string {
  const isWalking = phase === "walks" || phase === "begins";
  const walk = done >= steps ? words.acks : words.walks(done + 1, steps);
  return `${isWalking ? walk : words[phase](done)}${deliveries > 1 ? words.twice : ""}${isLost ? words.lost : ""}`;
}

function nodeWords(node: NodeScene, steps: number): string {
  const { status, routines } = nodeLines(node, steps);
  const said = node.routines.map(({ command }, index) =>
    words.with(command.shirt.toUpperCase(), routines[index] ?? ""),
  );
  return [status, ...said].filter((line) => line !== "").join("; ");
}

/** What people wear, from the first to the last: [["purple", 3], ["blue", 7]]. */
export function runsOf(wearing: readonly Shirt[]): [shirt: Shirt, count: number][] {
  const runs: [Shirt, number][] = [];
  for (const shirt of wearing) {
    const last = runs.at(-1);
    if (last?.[0] === shirt) last[1]++;
    else runs.push([shirt, 1]);
  }
  return runs;
}

export interface Line {
  readonly name: string;
  readonly said: string;
}

/** The whole scene as a list. */
export function sceneLines(scene: Scene): Line[] {
  const shout = ({ area, shirt }: Command) => `${areaName(area)} in ${shirt.toUpperCase()}`;
  const queue = scene.queue.map(({ command, isAgain }) => `${shout(command)}${isAgain ? words.again : ""}`);
  return [
    { name: words.president, said: presidentWords(scene) },
    { name: words.queue, said: queue.length > 0 ? queue.join("; ") : words.emptyQueue },
    {
      name: words.exchange,
      said:
        scene.cancels.map(({ cancel, to }) => words.onItsWay(cancelText(cancel), to)).join("; ") ||
        words.noCancels,
    },
    ...scene.nodes.map((node) => ({ name: node.name, said: nodeWords(node, scene.steps) })),
    ...scene.areas.map((area) => ({
      name: areaName(area),
      said: runsOf(scene.people.wearing(area))
        .map(([shirt, count]) => `${count} ${shirt.toUpperCase()}`)
        .join(", "),
    })),
  ];
}

function presidentWords(scene: Scene): string {
  if (scene.isPresidentDown) return words.down;
  const newest = [...scene.people.newest.values()].map(
    ({ command }) => `${areaName(command.area)} in ${command.shirt.toUpperCase()}`,
  );
  return newest.length > 0 ? words.wants(newest.join("; ")) : words.silent;
}
