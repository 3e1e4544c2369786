/** At which line of its worker each node is, or waits. A spot is a place in a region, so it follows the file when that changes. */
import { shirtLetter } from "@shirts/story";
import type { NodeScene, RoutineScene, Scene } from "../scene/scene.ts";
import type { Line } from "./listing.ts";

/** The first line of `region` that holds one of the texts. Stages say the same in different words. */
interface Place {
  readonly region: string;
  readonly has: readonly string[];
}

// Where a worker has no such region (a variant), the whole file is searched.
export const PLACES = {
  loop: { region: "loop", has: ["await select({"] },
  onlyLoop: { region: "worker", has: ["for await (const job"] },
  takes: { region: "job", has: ["function onJob"] },
  sends: { region: "job", has: ["broadcast({ area"] },
  hears: { region: "cancel", has: ["function onCancel"] },
  supersedes: { region: "job", has: ['type: "superseded"'] },
  walks: { region: "dowork", has: ["pace().recv()", "receiving(pace())"] },
  stops: { region: "dowork", has: ['type: "stopped"'] },
  paints: { region: "dowork", has: ["await paint("] },
  acks: { region: "dowork", has: ["job.ack()"] },
} as const satisfies Record<string, Place>;

export type PlaceName = keyof typeof PLACES;

/** The index of the line; -1 when this worker has no such place. */
export function lineOf(lines: readonly Line[], name: PlaceName): number {
  const { region, has } = PLACES[name];
  const isIt = ({ text }: Line) => has.some((one) => text.includes(one));
  const inRegion = lines.findIndex((line) => line.regions.includes(region) && isIt(line));
  const isMarked = lines.some(({ regions }) => regions.length > 0);
  return inRegion >= 0 || isMarked ? inRegion : lines.findIndex(isIt);
}

/** By line: who is there. "n1" is the node's loop, "n1 P" its routine with PURPLE. */
export function litLines(lines: readonly Line[], scene: Scene): Map<number, string[]> {
  const lit = new Map<number, string[]>();
  const light = (name: PlaceName, label: string) => {
    const at = lineOf(lines, name);
    if (at >= 0) lit.set(at, [...(lit.get(at) ?? []), label]);
  };
  const hasLoop = lineOf(lines, "loop") >= 0;
  for (const node of scene.nodes) {
    if (node.state === "down") continue;
    const name = node.state === "frozen" ? `${node.name} ❄` : node.name;
    if (hasLoop) light(now(node, scene) ?? "loop", name);
    else if (node.routines.length === 0) light("onlyLoop", name);
    for (const routine of node.routines)
      light(placeOf(routine, scene.steps), `${name} ${shirtLetter(routine.command.shirt)}`);
  }
  return lit;
}

/** What the loop of this node is doing, if the last event tells. */
function now({ name }: NodeScene, { last }: Scene): PlaceName | undefined {
  if (last?.node !== name) return undefined;
  const places: Partial<Record<typeof last.type, PlaceName>> = {
    delivered: "takes",
    "cancel sent": "sends",
    "cancel received": "hears",
  };
  return places[last.type];
}

function placeOf({ phase, done }: RoutineScene, steps: number): PlaceName {
  if (phase === "superseded") return "supersedes";
  if (phase === "stopped") return "stops";
  if (phase === "refused") return "paints";
  return done >= steps ? "acks" : "walks";
}
