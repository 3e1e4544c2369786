/**
 * The things that move: jobs and cancels. Each has a key and a place; when its place changes it travels there, so a drawing
 * needs nothing but two scenes to show what moved between them.
 */
import type { Shirt } from "@shirts/story";
import type { Scene } from "../scene/scene.ts";
import { cancelSlot, centre, type Layout, type Point, queueSlot, routineSlot } from "./layout.ts";

export interface Token {
  readonly key: string;
  readonly kind: "job" | "cancel";
  readonly shirt: Shirt | undefined;
  /** A mark: a job that comes again. */
  readonly isAgain: boolean;
  readonly place: Point;
  /** Where it comes from when it is new, and over which point. */
  readonly from: Point;
  readonly via: Point | undefined;
  /** Where it goes when it is gone. */
  readonly to: Point;
}

/** All tokens of a scene, with their places. */
export function tokensOf(scene: Scene, layout: Layout): Token[] {
  const { president, queue, exchange, nodes } = layout;
  const out = centre(queue);
  const jobs = scene.queue.map(
    ({ key, command, isAgain }, index): Token => ({
      key,
      kind: "job",
      shirt: command.shirt,
      isAgain,
      place: queueSlot(queue, index),
      from: centre(president),
      via: undefined,
      to: out,
    }),
  );
  const held = scene.nodes.flatMap((node) => {
    const box = nodes.get(node.name);
    if (!box) return [];
    return node.routines.map(
      ({ key, command, deliveries, isLost }, index): Token => ({
        key: isLost ? `${key} ${node.name}` : key,
        kind: "job",
        shirt: command.shirt,
        isAgain: deliveries > 1,
        place: routineSlot(box, index),
        from: isLost ? routineSlot(box, index) : out,
        via: undefined,
        to: { x: out.x, y: queue.y + queue.h },
      }),
    );
  });
  return [...jobs, ...held, ...cancelTokens(scene, layout, centre(exchange))];
}

function cancelTokens(scene: Scene, { exchange, nodes }: Layout, via: Point): Token[] {
  const waiting = new Map<string, number>();
  return scene.cancels.flatMap(({ key, from, to }): Token[] => {
    const sender = nodes.get(from);
    const receiver = nodes.get(to);
    if (!sender || !receiver) return [];
    const index = waiting.get(to) ?? 0;
    waiting.set(to, index + 1);
    return [
      {
        key,
        kind: "cancel",
        shirt: undefined,
        isAgain: false,
        place: cancelSlot(exchange, receiver, index),
        from: centre(sender),
        via,
        to: { x: receiver.x + receiver.w - 18, y: receiver.y + 16 },
      },
    ];
  });
}
