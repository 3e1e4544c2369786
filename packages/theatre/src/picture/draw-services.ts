/** The upper row: president, queue and exchange, and the ways between them and the nodes. */
import { text } from "../text.ts";
import { arrow, type Brush, rounded, write } from "./brush.ts";
import type { Box } from "./layout.ts";
import { letter, shirtIn } from "./textures.ts";

const words = text.scene;

export function drawServices(brush: Brush): void {
  const { scene, layout } = brush;
  drawWays(brush);
  drawPresident(brush);
  const { length } = scene.queue;
  frame(brush, layout.queue, length > 0 ? words.waiting(length) : words.queue);
  if (length === 0)
    write(brush, words.emptyQueue, middle(layout.queue), {
      size: 12,
      colour: brush.ink.quiet,
      align: "center",
    });
  if (scene.deadLetters > 0)
    write(
      brush,
      words.deadLetters(scene.deadLetters),
      { x: layout.queue.x + 8, y: layout.queue.y + 56 },
      { size: 11, colour: brush.ink.bad },
    );
  drawExchange(brush);
}

function drawWays({ context, ink, layout, scene }: Brush): void {
  const { president, queue, exchange, nodes } = layout;
  context.strokeStyle = ink.line;
  context.lineWidth = 1.5;
  arrow(context, { x: president.x + president.w, y: president.y + 42 }, { x: queue.x - 2, y: queue.y + 42 });
  const firstRow = Math.min(...[...nodes.values()].map(({ y }) => y));
  for (const node of scene.nodes) {
    const box = nodes.get(node.name);
    // Ways to a second row would cross the cards of the first one.
    if (!box || box.y > firstRow) continue;
    const isThere = node.state !== "cut" && node.state !== "down";
    context.globalAlpha = isThere ? 1 : 0.25;
    context.setLineDash([]);
    const out = { x: queue.x + queue.w / 2, y: queue.y + queue.h };
    curve(context, out, { x: box.x + 26, y: box.y });
    context.setLineDash([3, 4]);
    curve(
      context,
      { x: exchange.x + exchange.w / 2, y: exchange.y + exchange.h },
      { x: box.x + box.w - 18, y: box.y },
    );
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

function curve(
  context: CanvasRenderingContext2D,
  from: { x: number; y: number },
  to: { x: number; y: number },
): void {
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(to.x, to.y);
  context.stroke();
}

function frame({ context, ink }: Brush, box: Box, title: string): void {
  rounded(context, box, 10);
  context.fillStyle = ink.panel;
  context.fill();
  context.strokeStyle = ink.line;
  context.lineWidth = 1.5;
  context.stroke();
  context.font = "600 12px system-ui, sans-serif";
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillStyle = ink.quiet;
  context.fillText(title, box.x + 10, box.y + 14);
}

function middle({ x, y, w, h }: Box): { x: number; y: number } {
  return { x: x + w / 2, y: y + h / 2 + 8 };
}

/** The president, and the shirts that he wants now. */
function drawPresident(brush: Brush): void {
  const { context, ink, scene, layout, textures } = brush;
  const box = layout.president;
  frame(brush, box, words.president);
  if (scene.isPresidentDown) {
    write(brush, `† ${words.down}`, middle(box), { size: 13, colour: ink.bad, align: "center", weight: 600 });
    return;
  }
  const wanted = scene.areas.flatMap((area) => scene.people.newest.get(area)?.command ?? []);
  const wide = 30;
  let x = box.x + box.w / 2 - (wanted.length * (wide + 6)) / 2 + 3;
  for (const { shirt } of wanted) {
    const it = { x, y: box.y + 26, w: wide, h: 32 };
    shirtIn(context, it, textures[shirt], ink.ink);
    letter(context, shirt, { x: x + wide / 2, y: it.y + 19 }, 13);
    x += wide + 6;
  }
  if (wanted.length === 0)
    write(brush, words.silentShort, middle(box), { size: 12, colour: ink.quiet, align: "center" });
}

function drawExchange(brush: Brush): void {
  const { scene, layout, ink } = brush;
  frame(brush, layout.exchange, words.exchange);
  const { last } = scene;
  const cancels = scene.cancels.length + (scene.game?.presidentCancels ?? 0);
  const sender = last?.type === "cancel sent" ? last.node : undefined;
  const said = sender ? words.cancelFrom(sender) : cancels > 0 ? words.cancels(cancels) : words.quietExchange;
  write(brush, said, middle(layout.exchange), {
    size: 12,
    colour: cancels > 0 ? ink.bad : ink.quiet,
    align: "center",
  });
}
