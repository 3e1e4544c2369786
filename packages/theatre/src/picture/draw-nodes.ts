/** The nodes: a card for each, its routines, and what it waits for. */
import { PALETTE } from "@shirts/story";
import type { NodeScene, RoutineScene } from "../scene/scene.ts";
import { nodeLines } from "../scene/words.ts";
import { type Brush, font, linesOf, rounded, write } from "./brush.ts";
import { type Box, ROUTINE, routineSlot } from "./layout.ts";

/** How a node that is not well is marked, beside the words. */
const SYMBOLS = { running: "", frozen: "❄", cut: "⚡", ending: "⏻", down: "†" } as const;

export function drawNodes(brush: Brush): void {
  for (const node of brush.scene.nodes) {
    const box = brush.layout.nodes.get(node.name);
    if (box) drawNode(brush, node, box);
  }
}

function drawNode(brush: Brush, node: NodeScene, box: Box): void {
  const { context, ink, scene } = brush;
  const isWell = node.state === "running";
  const isLast = scene.last?.node === node.name;
  rounded(context, box, 10);
  context.fillStyle = ink.panel;
  context.fill();
  context.strokeStyle = isWell ? (isLast ? ink.ink : ink.line) : ink.bad;
  context.lineWidth = isLast || !isWell ? 2 : 1.5;
  context.setLineDash(node.state === "frozen" || node.state === "down" ? [5, 4] : []);
  context.stroke();
  context.setLineDash([]);
  write(brush, node.name, { x: box.x + 10, y: box.y + 17 }, { size: 15, weight: 700, colour: ink.ink });
  context.font = font(15, 700);
  const nameWidth = context.measureText(node.name).width;
  const { status, routines } = nodeLines(node, scene.steps);
  const said = `${SYMBOLS[node.state]} ${status}`.trim();
  context.font = font(12, isWell ? 400 : 600);
  const [short = ""] = linesOf(context, said, box.w - nameWidth - 26, 1);
  write(
    brush,
    short,
    { x: box.x + nameWidth + 18, y: box.y + 17 },
    { size: 12, colour: isWell ? ink.quiet : ink.bad, weight: isWell ? 400 : 600 },
  );
  node.routines.forEach((routine, index) => {
    drawRoutine(brush, routine, routines[index] ?? "", box, index);
  });
}

function drawRoutine(brush: Brush, routine: RoutineScene, said: string, box: Box, index: number): void {
  const { context, ink, scene } = brush;
  const chip = routineSlot(box, index);
  if (chip.y + 16 > box.y + box.h) return;
  context.font = font(12);
  const lines = linesOf(context, said, box.w - 56, 2);
  lines.forEach((line, row) => {
    write(
      brush,
      line,
      { x: chip.x + 22, y: chip.y - (lines.length - 1) * 7.5 + row * 15 - 3 },
      { size: 12, colour: ink.ink },
    );
  });
  // How far it is.
  const bar = { x: chip.x + 22, y: box.y + 32 + ROUTINE * index + 31, w: box.w - 60, h: 4 };
  rounded(context, bar, 2);
  context.fillStyle = ink.line;
  context.fill();
  rounded(context, { ...bar, w: (bar.w * Math.min(routine.done, scene.steps)) / scene.steps }, 2);
  context.fillStyle = PALETTE[routine.command.shirt].fill;
  context.fill();
  if (routine.done === 0) return;
  // On a dark page the colour alone is as dark as the page.
  context.strokeStyle = ink.quiet;
  context.lineWidth = 1;
  context.stroke();
}
