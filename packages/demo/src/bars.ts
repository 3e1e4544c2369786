/** Population bars: an area from its first person to its last, and below it where the workers are. */

import type { Picture, Walk } from "@shirts/story";
import { type Area, areaName, type Shirt } from "@shirts/story";
import { shirtCell } from "@shirts/terminal";

/** Columns that the area's name takes. */
const LABEL = 15;

/** The bar's cells for a list of shirts, one per step or bucket, in `width` columns. */
export function bar(shirts: readonly Shirt[], width: number): string {
  let line = "";
  for (let column = 0; column < width; column++) {
    line += shirtCell(shirts[Math.floor((column * shirts.length) / width)] ?? "white");
  }
  return line;
}

/** Two lines per area: the bar, and the workers' positions as ▲ and the node's number. */
export function barLines(picture: Picture, width: number): string[] {
  const lines: string[] = [];
  for (const area of picture.areas) {
    const shirts = picture.people.wearing(area);
    lines.push(areaName(area).padEnd(LABEL) + bar(shirts, width));
    const walks = [...picture.walks.values()].filter(({ command }) => command.area === area);
    lines.push(" ".repeat(LABEL) + markers(walks, shirts.length, width));
  }
  return lines;
}

/** Where each worker of one area is; the later ones move right when two are on the same column. */
function markers(walks: readonly Walk[], steps: number, width: number): string {
  const columns = new Array<string>(width + 3 * walks.length).fill(" ");
  for (const { node, step } of walks) {
    let column = Math.floor((Math.max(step, 0) * width) / steps);
    const mark = `▲${nodeNumber(node)}`;
    while ([...mark].some((_, offset) => columns[column + offset] !== " ")) column++;
    [...mark].forEach((letter, offset) => {
      columns[column + offset] = letter;
    });
  }
  return columns.join("").trimEnd();
}

/** "node 2" → "2". */
export function nodeNumber(node: string): string {
  return node.replace(/\D+/g, "");
}

/** The areas that a scene's bars show. */
export function areasOf(orders: readonly { readonly area: Area }[]): Area[] {
  return [...new Set(orders.map(({ area }) => area))];
}
