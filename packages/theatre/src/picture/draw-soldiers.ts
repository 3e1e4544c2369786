/** The soldiers: for each routine a flag with its node's name, above the people whom it paints next. */
import { PALETTE } from "@shirts/story";
import type { RoutineScene } from "../scene/scene.ts";
import { type Brush, font, rounded, write } from "./brush.ts";
import { type AreaBoxes, LANE, type Point, placeOf, routineSlot } from "./layout.ts";

interface Soldier {
  readonly node: string;
  readonly routine: RoutineScene;
  readonly isFrozen: boolean;
  readonly isStale: boolean;
  /** From the card of the node. */
  readonly from: { readonly x: number; readonly y: number };
}

export function drawSoldiers(brush: Brush, boxes: AreaBoxes): void {
  const { context, scene } = brush;
  const lanes = Math.max(1, Math.round(boxes.lanes.h / LANE));
  const taken: number[] = [];
  for (const soldier of soldiersOf(brush, boxes)) {
    const step = Math.min(soldier.routine.done, scene.steps - 1);
    const { x: at } = placeOf(boxes.cells, step, scene.steps);
    context.font = font(13, 700);
    const label = `${soldier.node}${soldier.isStale ? " !" : ""}`;
    const half = context.measureText(label).width / 2 + 7;
    // The flag stays in the picture, also above the first and the last person.
    const x = Math.min(Math.max(at, boxes.cells.x + half - 6), boxes.cells.x + boxes.cells.w - half + 6);
    let lane = 0;
    while (lane < lanes - 1 && (taken[lane] ?? Number.NEGATIVE_INFINITY) > x - half) lane++;
    taken[lane] = x + half + 3;
    drawSoldier(brush, soldier, {
      x,
      half,
      label,
      y: boxes.lanes.y + boxes.lanes.h - LANE * (lane + 1) + 1,
      bottom: boxes.cells.y + 1,
    });
  }
}

function soldiersOf({ scene, layout }: Brush, { area }: AreaBoxes): Soldier[] {
  const newest = scene.people.newest.get(area)?.command.revision ?? 0;
  return scene.nodes
    .flatMap((node) =>
      node.routines.flatMap((routine, index): Soldier[] => {
        const box = layout.nodes.get(node.name);
        if (!box || routine.command.area !== area || routine.phase === "superseded") return [];
        return [
          {
            node: node.name,
            routine,
            isFrozen: node.state === "frozen",
            isStale: routine.command.revision < newest,
            from: { x: routineSlot(box, index).x, y: box.y + box.h },
          },
        ];
      }),
    )
    .toSorted((a, b) => a.routine.done - b.routine.done);
}

/** A line in a shirt's colour, with an edge: on a dark page the colour alone is as dark as the page. */
function seen({ context, ink }: Brush, colour: string, width: number, from: Point, to: Point): void {
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(to.x, to.y);
  context.strokeStyle = ink.quiet;
  context.lineWidth = width + 1.5;
  context.stroke();
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}

function drawSoldier(
  brush: Brush,
  { routine, isFrozen, isStale, from }: Soldier,
  { x, y, half, label, bottom }: { x: number; y: number; half: number; label: string; bottom: number },
): void {
  const { context, ink } = brush;
  const { fill, text } = PALETTE[routine.command.shirt];
  context.globalAlpha = 0.7;
  context.setLineDash([2, 5]);
  seen(brush, fill, 2, from, { x, y });
  context.setLineDash([]);
  context.globalAlpha = isFrozen ? 0.6 : 1;
  seen(brush, fill, 2.5, { x, y: y + 10 }, { x, y: bottom });
  rounded(context, { x: x - half, y, w: 2 * half, h: LANE - 5 }, 5);
  context.fillStyle = fill;
  context.fill();
  context.strokeStyle = isStale ? ink.bad : ink.ink;
  context.lineWidth = isStale ? 2.5 : 1;
  context.stroke();
  write(brush, label, { x, y: y + 10 }, { size: 13, weight: 700, colour: text, align: "center" });
  context.globalAlpha = 1;
}
