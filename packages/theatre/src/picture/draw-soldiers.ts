/** The soldiers: for each routine a flag with its node's name, above the people whom it paints next. */
import { type Area, PALETTE } from "@shirts/story";
import type { RoutineScene } from "../scene/scene.ts";
import { type Brush, font, rounded, write } from "./brush.ts";
import { standing } from "./flags.ts";
import { type AreaBoxes, LANE, type Point, placeOf, routineSlot } from "./layout.ts";

interface Soldier {
  readonly node: string;
  readonly routine: RoutineScene;
  readonly isFrozen: boolean;
  readonly isStale: boolean;
  /** From the card of the node; undefined where the way would cross other cards, or other people. */
  readonly from: Point | undefined;
}

export function drawSoldiers(brush: Brush, boxes: AreaBoxes): void {
  const flags = flagsOf(brush, boxes);
  // The lines first: they may cross a flag of somebody else.
  for (const flag of flags) drawLines(brush, flag);
  for (const flag of flags) drawFlag(brush, flag);
}

interface Flag {
  readonly soldier: Soldier;
  readonly label: string;
  readonly half: number;
  readonly x: number;
  readonly y: number;
  /** Above the head of the one who is next. */
  readonly foot: Point;
}

function flagsOf(brush: Brush, { area, cells, lanes }: AreaBoxes): Flag[] {
  const { context, scene } = brush;
  context.font = font(13, 700);
  const wanted = soldiersOf(brush, area).map((soldier) => {
    const step = Math.min(soldier.routine.done, scene.steps - 1);
    const label = `${soldier.node}${soldier.isStale ? " !" : ""}`;
    const half = context.measureText(label).width / 2 + 7;
    const { x } = placeOf(cells, step, scene.steps);
    return { soldier, label, half, x, foot: { x, y: cells.y + 1 } };
  });
  const rows = Math.max(1, Math.round(lanes.h / LANE));
  const places = standing(wanted, rows, cells.x - 6, cells.x + cells.w + 6);
  return wanted.map((flag, nth) => {
    const { x, lane } = places[nth] ?? { x: flag.x, lane: 0 };
    return { ...flag, x, y: lanes.y + lanes.h - LANE * (lane + 1) + 1 };
  });
}

function soldiersOf({ scene, layout }: Brush, area: Area): Soldier[] {
  const newest = scene.people.newest.get(area)?.command.revision ?? 0;
  const lastRow = Math.max(...[...layout.nodes.values()].map(({ y }) => y));
  const isFree = ({ y }: Point) => y === lastRow && layout.areas[0]?.area === area;
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
            from: isFree(box) ? { x: routineSlot(box, index).x, y: box.y + box.h } : undefined,
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

/** From the node's card to the flag, and from the flag to the one who is next. */
function drawLines(brush: Brush, { soldier, x, y, foot }: Flag): void {
  const { context } = brush;
  const { fill } = PALETTE[soldier.routine.command.shirt];
  context.globalAlpha = 0.7;
  context.setLineDash([2, 5]);
  if (soldier.from) seen(brush, fill, 2, soldier.from, { x, y });
  context.setLineDash([]);
  context.globalAlpha = soldier.isFrozen ? 0.6 : 1;
  seen(brush, fill, 2.5, { x, y: y + 10 }, foot);
  context.globalAlpha = 1;
}

function drawFlag(brush: Brush, { soldier, label, x, y, half }: Flag): void {
  const { context, ink } = brush;
  const { fill, text } = PALETTE[soldier.routine.command.shirt];
  context.globalAlpha = soldier.isFrozen ? 0.6 : 1;
  rounded(context, { x: x - half, y, w: 2 * half, h: LANE - 5 }, 5);
  context.fillStyle = fill;
  context.fill();
  context.strokeStyle = soldier.isStale ? ink.bad : ink.ink;
  context.lineWidth = soldier.isStale ? 2.5 : 1;
  context.stroke();
  write(brush, label, { x, y: y + 10 }, { size: 13, weight: 700, colour: text, align: "center" });
  context.globalAlpha = 1;
}
