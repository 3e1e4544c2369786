/** What every part of a drawing is given, and the few shapes that they share. */
import type { Scene } from "../scene/scene.ts";
import type { Ink } from "./ink.ts";
import type { Box, Layout, Point } from "./layout.ts";
import type { Textures } from "./textures.ts";

export interface Brush {
  readonly context: CanvasRenderingContext2D;
  readonly ink: Ink;
  readonly textures: Textures;
  readonly scene: Scene;
  readonly layout: Layout;
  /** From 0 to 1: how long ago the last event was. 1 when nothing moves. */
  readonly fresh: number;
  /** The time of the story's end, for the history; the scene's own when it is not known. */
  readonly until: number;
  /** When the story began. */
  readonly from: number;
}

export function font(size: number, weight = 400): string {
  return `${weight} ${size}px system-ui, sans-serif`;
}

export function rounded(context: CanvasRenderingContext2D, { x, y, w, h }: Box, radius: number): void {
  context.beginPath();
  context.roundRect(x, y, w, h, radius);
}

export function write(
  { context }: Brush,
  text: string,
  { x, y }: Point,
  style: {
    readonly size: number;
    readonly colour: string;
    readonly weight?: number;
    readonly align?: CanvasTextAlign;
    /** The colour of the ground: over lines, the letters get an edge of it. */
    readonly halo?: string;
  },
): void {
  context.font = font(style.size, style.weight);
  context.textAlign = style.align ?? "left";
  context.textBaseline = "middle";
  if (style.halo !== undefined) {
    context.strokeStyle = style.halo;
    context.lineWidth = 5;
    context.lineJoin = "round";
    context.strokeText(text, x, y);
  }
  context.fillStyle = style.colour;
  context.fillText(text, x, y);
}

/** Breaks a text into lines of this width; the last one that is allowed ends with "…" when there is more. */
export function linesOf(
  context: CanvasRenderingContext2D,
  text: string,
  width: number,
  most: number,
): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line === "" || context.measureText(longer).width <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  lines.push(line);
  if (lines.length <= most) return lines;
  let last = lines[most - 1] as string;
  while (last.includes(" ") && context.measureText(`${last} …`).width > width)
    last = last.replace(/ \S*$/, "");
  return [...lines.slice(0, most - 1), `${last} …`];
}

/** A line with an arrow's head at its end. */
export function arrow(context: CanvasRenderingContext2D, from: Point, to: Point): void {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(to.x, to.y);
  for (const turn of [-0.45, 0.45]) {
    context.moveTo(to.x, to.y);
    context.lineTo(to.x - 7 * Math.cos(angle + turn), to.y - 7 * Math.sin(angle + turn));
  }
  context.stroke();
}
