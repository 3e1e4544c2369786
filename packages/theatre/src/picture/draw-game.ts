/** What the game knows beside the events: a step on its way from its node to the table, and a step that was refused. */
import { text } from "../text.ts";
import { type Brush, write } from "./brush.ts";
import { placeOf } from "./layout.ts";
import { letter, shirtIn } from "./textures.ts";

const words = text.scene;
const SIZE = 20;

export function drawGame(brush: Brush): void {
  for (const node of brush.layout.nodes.keys()) drawOnTheirWay(brush, node);
  drawRefused(brush);
}

/** Shirts in the gap below the node's card, and which steps they are. */
function drawOnTheirWay(brush: Brush, node: string): void {
  const { context, ink, layout, scene, textures } = brush;
  const box = layout.nodes.get(node);
  const steps = (scene.game?.onTheirWay ?? []).filter((one) => one.node === node);
  if (!box || steps.length === 0) return;
  const y = box.y + box.h + 3;
  let x = box.x + 4;
  for (const { shirt } of steps) {
    shirtIn(context, { x, y, w: SIZE, h: SIZE }, textures[shirt], ink.ink);
    letter(context, shirt, { x: x + SIZE / 2, y: y + SIZE * 0.6 }, 10);
    x += SIZE + 4;
  }
  const said = words.stepsOnTheirWay(steps.map(({ step }) => step + 1));
  write(brush, said, { x: x + 2, y: y + SIZE / 2 }, { size: 12, weight: 600, colour: ink.ink });
}

/** It stays until the next move: the answer of the table is what one plays for. */
function drawRefused(brush: Brush): void {
  const { context, ink, layout, scene } = brush;
  for (const { area, cells, label } of layout.areas) {
    const refused = (scene.game?.refused ?? []).filter((one) => one.area === area);
    if (refused.length === 0) continue;
    context.strokeStyle = ink.bad;
    context.lineWidth = 4;
    for (const { step } of refused) {
      const { x } = placeOf(cells, step, scene.steps);
      context.beginPath();
      context.moveTo(x - 10, cells.y + 18);
      context.lineTo(x + 10, cells.y + 40);
      context.moveTo(x + 10, cells.y + 18);
      context.lineTo(x - 10, cells.y + 40);
      context.stroke();
    }
    const at = { x: label.x + label.w, y: label.y + 8 };
    const said = `✗ ${words.refusedNow(refused.length)}`;
    write(brush, said, at, { size: 13, weight: 700, colour: ink.bad, align: "right" });
  }
}
