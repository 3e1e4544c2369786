/** Jobs and cancels, in the queue, at nodes and on their way. */
import { PALETTE } from "@shirts/story";
import { type Brush, rounded, write } from "./brush.ts";
import type { Shown } from "./motion.ts";
import { letter } from "./textures.ts";

export function drawTokens(brush: Brush, shown: readonly Shown[]): void {
  const { context } = brush;
  for (const one of shown) {
    context.globalAlpha = one.alpha;
    if (one.token.kind === "job") drawJob(brush, one);
    else drawCancel(brush, one);
  }
  context.globalAlpha = 1;
}

/** A job: a letter in the colour of its shirt. */
function drawJob(brush: Brush, { token, at }: Shown): void {
  const { context, ink, textures } = brush;
  const { shirt = "white", isAgain } = token;
  const box = { x: at.x - 16, y: at.y - 12, w: 32, h: 24 };
  rounded(context, box, 4);
  context.fillStyle = textures[shirt];
  context.fill();
  context.strokeStyle = ink.ink;
  context.lineWidth = 1.2;
  context.stroke();
  context.beginPath();
  context.moveTo(box.x + 1, box.y + 2);
  context.lineTo(at.x, at.y - 2);
  context.lineTo(box.x + box.w - 1, box.y + 2);
  context.strokeStyle = PALETTE[shirt].text;
  context.globalAlpha *= 0.5;
  context.stroke();
  context.globalAlpha = Math.min(1, context.globalAlpha * 2);
  letter(context, shirt, { x: at.x, y: at.y + 2 }, 13);
  if (isAgain)
    write(brush, "↻", { x: box.x + box.w - 2, y: box.y - 3 }, { size: 15, weight: 700, colour: ink.bad });
}

/** A cancel: a stop sign. */
function drawCancel({ context, ink }: Brush, { at }: Shown): void {
  const radius = 11;
  context.beginPath();
  for (let corner = 0; corner < 8; corner++) {
    const angle = (corner + 0.5) * (Math.PI / 4);
    context.lineTo(at.x + radius * Math.cos(angle), at.y + radius * Math.sin(angle));
  }
  context.closePath();
  context.fillStyle = ink.bad;
  context.fill();
  context.strokeStyle = ink.panel;
  context.lineWidth = 1.5;
  context.stroke();
  context.beginPath();
  context.moveTo(at.x - 5, at.y);
  context.lineTo(at.x + 5, at.y);
  context.lineWidth = 3;
  context.stroke();
}
