/** Where everything of a drawing is, in CSS pixels. Pure: it depends on the width and on what there is, never on the moment. */
import type { Area } from "@shirts/story";

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** One area of the table. */
export interface AreaBoxes {
  readonly area: Area;
  /** The line with the area's name. */
  readonly label: Box;
  /** Where the soldiers walk. */
  readonly lanes: Box;
  readonly cells: Box;
  /** Where it is told who painted over whom. */
  readonly marks: Box;
  /** What everybody wore before, from top to bottom. */
  readonly history: Box;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly president: Box;
  readonly queue: Box;
  readonly exchange: Box;
  readonly nodes: ReadonlyMap<string, Box>;
  readonly areas: readonly AreaBoxes[];
}

export interface Wanted {
  readonly width: number;
  readonly nodes: readonly string[];
  readonly areas: readonly Area[];
  /** How many routines a card must have room for. */
  readonly routines: number;
  readonly hasHistory: boolean;
}

export const LANE = 24;
export const ROUTINE = 42;
const EDGE = 10;
const GAP = 12;
const CARD_MIN = 148;
const HEAD = 32;

export function layoutOf({ width, nodes, areas, routines, hasHistory }: Wanted): Layout {
  const inner = width - 2 * EDGE;
  const side = Math.min(104, Math.max(82, inner * 0.24));
  const top = { y: EDGE, h: 66 };
  const between = inner < 460 ? 14 : 44;
  const president = { x: EDGE, w: side, ...top };
  const exchange = { x: EDGE + inner - side, w: side, ...top };
  const queue = {
    x: EDGE + side + between,
    w: inner - 2 * side - 2 * between,
    ...top,
  };
  const cards = cardsOf(nodes, {
    x: EDGE,
    y: top.y + top.h + 40,
    w: inner,
    h: HEAD + ROUTINE * routines + 4,
  });
  const below = Math.max(top.y + top.h, ...[...cards.values()].map(({ y, h }) => y + h)) + 26;
  const lanes = LANE * Math.max(1, Math.min(2, nodes.length));
  const boxes: AreaBoxes[] = [];
  let y = below;
  for (const area of areas) {
    const at = (h: number) => {
      const box = { x: EDGE, y, w: inner, h };
      y += h;
      return box;
    };
    boxes.push({
      area,
      label: at(20),
      lanes: at(lanes),
      cells: at(46),
      marks: at(24),
      history: at(hasHistory ? (areas.length > 1 ? 60 : 110) : 0),
    });
    y += 16;
  }
  return { width, height: y, president, queue, exchange, nodes: cards, areas: boxes };
}

function cardsOf(nodes: readonly string[], { x, y, w, h }: Box): Map<string, Box> {
  const fit = Math.max(1, Math.floor((w + GAP) / (CARD_MIN + GAP)));
  const rows = Math.max(1, Math.ceil(nodes.length / fit));
  // Full rows look calmer than one full row and a rest.
  const columns = Math.max(1, Math.ceil(nodes.length / rows));
  const wide = Math.min(300, (w - GAP * (columns - 1)) / columns);
  const from = x + (w - wide * columns - GAP * (columns - 1)) / 2;
  return new Map(
    nodes.map((name, i) => [
      name,
      { x: from + (i % columns) * (wide + GAP), y: y + Math.floor(i / columns) * (h + GAP), w: wide, h },
    ]),
  );
}

export function centre({ x, y, w, h }: Box): Point {
  return { x: x + w / 2, y: y + h / 2 };
}

/** Where the job with this place in the queue lies; the first one is at the right, where jobs leave. */
export function queueSlot({ x, y, w, h }: Box, index: number): Point {
  const distance = Math.min(40, (w - 50) / 3);
  return { x: x + w - 28 - Math.min(index, 3.4) * distance, y: y + h / 2 + 8 };
}

/** Where the chip of a node's routine lies. */
export function routineSlot({ x, y }: Box, index: number): Point {
  return { x: x + 26, y: y + HEAD + ROUTINE * index + 14 };
}

/** Where a cancel waits that is on its way to this node. */
export function cancelSlot(exchange: Box, node: Box, index: number): Point {
  const from = { x: exchange.x + exchange.w / 2, y: exchange.y + exchange.h };
  const to = { x: node.x + node.w - 18, y: node.y };
  return { x: from.x + (to.x - from.x) * 0.6 - index * 12, y: from.y + (to.y - from.y) * 0.6 };
}

/** The middle of a place in the table, at the people's heads. */
export function placeOf({ x, y, w }: Box, index: number, steps: number): Point {
  return { x: x + ((index + 0.5) * w) / steps, y };
}
