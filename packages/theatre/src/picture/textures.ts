/** Shirts on a canvas: each has its own texture, as in the pictures of the terminal, so that it is known without colours. */
import { PALETTE, type Shirt, shirtLetter, shirts } from "@shirts/story";
import type { Box, Point } from "./layout.ts";

export type Textures = Readonly<Record<Shirt, CanvasPattern>>;

const TILE = 8;

/** A pattern for each shirt, sharp at this pixel ratio. */
export function texturesFor(ratio: number): Textures {
  return Object.fromEntries(shirts.map((shirt) => [shirt, patternOf(shirt, ratio)])) as Textures;
}

function patternOf(shirt: Shirt, ratio: number): CanvasPattern {
  const tile = document.createElement("canvas");
  tile.width = tile.height = Math.round(TILE * ratio);
  const context = tile.getContext("2d") as CanvasRenderingContext2D;
  context.scale(tile.width / TILE, tile.width / TILE);
  const { fill, mark, texture } = PALETTE[shirt];
  context.fillStyle = fill;
  context.fillRect(0, 0, TILE, TILE);
  context.strokeStyle = context.fillStyle = mark;
  context.lineWidth = 1.5;
  context.beginPath();
  if (texture === "dots") context.arc(4, 4, 1.5, 0, 2 * Math.PI);
  else
    for (const [x1, y1, x2, y2] of LINES[texture]) {
      context.moveTo(x1, y1);
      context.lineTo(x2, y2);
    }
  if (texture === "dots") context.fill();
  else context.stroke();
  const pattern = context.createPattern(tile, "repeat") as CanvasPattern;
  pattern.setTransform(new DOMMatrix().scale(TILE / tile.width));
  return pattern;
}

const LINES: Record<"plain" | "diagonal" | "vertical" | "horizontal", [number, number, number, number][]> = {
  plain: [],
  // Three, so that the tiles join without gaps.
  diagonal: [
    [-2, 2, 2, -2],
    [0, 8, 8, 0],
    [6, 10, 10, 6],
  ],
  vertical: [[4, 0, 4, 8]],
  horizontal: [[0, 4, 8, 4]],
};

/** A shirt's letter in its middle, on a small ground, readable over the texture. */
export function letter(context: CanvasRenderingContext2D, shirt: Shirt, { x, y }: Point, size: number): void {
  const { fill, text } = PALETTE[shirt];
  if (shirt === "white") return;
  context.font = `700 ${size}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineWidth = size / 3;
  context.lineJoin = "round";
  context.strokeStyle = fill;
  context.strokeText(shirtLetter(shirt), x, y);
  context.fillStyle = text;
  context.fillText(shirtLetter(shirt), x, y);
}

/** A T-shirt in a box, with its texture and an outline; its letter is drawn apart. */
export function shirtIn(
  context: CanvasRenderingContext2D,
  box: Box,
  texture: CanvasPattern,
  outline: string,
): void {
  shirtPath(context, box);
  context.fillStyle = texture;
  context.fill();
  context.strokeStyle = outline;
  context.lineWidth = 1;
  context.stroke();
}

/** The outline of a T-shirt in a box. */
function shirtPath(context: CanvasRenderingContext2D, { x, y, w, h }: Box): void {
  const at = (px: number, py: number) => [x + px * w, y + py * h] as const;
  context.beginPath();
  context.moveTo(...at(0.36, 0));
  context.quadraticCurveTo(...at(0.5, 0.2), ...at(0.64, 0));
  for (const [px, py] of OUTLINE) context.lineTo(...at(px, py));
  context.closePath();
}

const OUTLINE = [
  [0.78, 0.04],
  [1, 0.3],
  [0.86, 0.46],
  [0.76, 0.38],
  [0.76, 1],
  [0.24, 1],
  [0.24, 0.38],
  [0.14, 0.46],
  [0, 0.3],
  [0.22, 0.04],
] as const;
