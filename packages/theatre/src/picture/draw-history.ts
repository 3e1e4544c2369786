/** What everybody wore before: from left to right the people, from top to bottom the time. A soldier is a diagonal. */
import type { PaintedPlace } from "@shirts/story";
import { text } from "../text.ts";
import { type Brush, write } from "./brush.ts";
import type { AreaBoxes } from "./layout.ts";

/** Less than half a pixel is not seen. */
const SEEN_PX = 0.5;

export function drawHistory(brush: Brush, { area, history }: AreaBoxes): void {
  const { context, ink, scene, textures, until } = brush;
  const box = { x: history.x, y: history.y + 18, w: history.w, h: history.h - 22 };
  const pitch = box.w / scene.steps;
  const end = Math.max(until, scene.at, 1);
  const yOf = (at: number) => box.y + (box.h * Math.min(at - from, end - from)) / Math.max(1, end - from);
  const from = brush.from;
  context.fillStyle = ink.line;
  context.globalAlpha = 0.35;
  context.fillRect(box.x, box.y, box.w, box.h);
  context.globalAlpha = 1;
  const now = yOf(scene.at);
  const places = scene.people.of(area);
  // Of several places in one pixel one is drawn, and of several steps at one place those that a pixel can show.
  const stride = Math.max(1, Math.floor(SEEN_PX / pitch));
  for (let index = 0; index < places.length; index += stride) {
    let bottom = now;
    for (let it: PaintedPlace | undefined = places[index]; it; it = it.before) {
      const top = yOf(it.event.at);
      if (bottom - top < SEEN_PX && it.before) continue;
      context.fillStyle = textures[it.event.command.shirt];
      context.fillRect(box.x + index * pitch, top, pitch * stride + 0.5, Math.max(0, bottom - top));
      bottom = top;
    }
  }
  context.strokeStyle = ink.accent;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(box.x, now);
  context.lineTo(box.x + box.w, now);
  context.stroke();
  write(brush, text.scene.history, { x: box.x, y: history.y + 9 }, { size: 12, colour: ink.quiet });
}
