/** The table: each place is the people of one step. Few are drawn as people, many as areas of texture. */
import { areaName } from "@shirts/story";
import { text } from "../text.ts";
import { type Brush, font, write } from "./brush.ts";
import { drawHistory } from "./draw-history.ts";
import { drawSoldiers } from "./draw-soldiers.ts";
import type { AreaBoxes, Box } from "./layout.ts";
import { type OverRun, overRuns, runs } from "./people-state.ts";
import { letter, shirtIn } from "./textures.ts";

/** A person needs so many pixels to look like one. */
const PERSON = 13;
const words = text.scene;

export function drawPeople(brush: Brush): void {
  for (const boxes of brush.layout.areas) {
    if (boxes.cells.w / brush.scene.steps >= PERSON) drawPersons(brush, boxes);
    else drawAreas(brush, boxes);
    for (const run of overRuns(brush.scene, boxes.area)) drawOver(brush, boxes, run);
    drawSoldiers(brush, boxes);
    // Over the lines from the nodes.
    drawLabel(brush, boxes);
    if (boxes.history.h > 0) drawHistory(brush, boxes);
  }
}

function drawLabel(brush: Brush, { area, label }: AreaBoxes): void {
  const { ink, scene, context } = brush;
  const name = areaName(area);
  write(
    brush,
    name,
    { x: label.x, y: label.y + 8 },
    { size: 14, weight: 700, colour: ink.ink, halo: ink.page },
  );
  const at = label.x + context.measureText(name).width + 10;
  const newest = scene.people.newest.get(area)?.command;
  const said = newest ? words.shallWear(newest.shirt.toUpperCase()) : words.nothingYet;
  // A narrow picture has no room for the sentence.
  context.font = font(13);
  const isCut = !newest && at + context.measureText(said).width > label.x + label.w;
  write(
    brush,
    isCut ? words.silentShort : said,
    { x: at, y: label.y + 8 },
    { size: 13, colour: ink.quiet, halo: ink.page },
  );
}

function drawPersons(brush: Brush, { area, cells }: AreaBoxes): void {
  const { context, ink, scene, textures, fresh } = brush;
  const { last } = scene;
  const pitch = cells.w / scene.steps;
  const wide = Math.min(34, pitch * 0.92);
  scene.people.wearing(area).forEach((shirt, index) => {
    const isNew = last?.type === "painted" && last.command.area === area && last.step === index;
    const grow = isNew ? 1 + 0.25 * (1 - fresh) : 1;
    const w = wide * grow;
    const x = cells.x + (index + 0.5) * pitch;
    const h = Math.min(32, wide) * grow;
    const box: Box = { x: x - w / 2, y: cells.y + 14, w, h };
    context.beginPath();
    context.arc(x, cells.y + 8, Math.min(6, wide * 0.22), 0, 2 * Math.PI);
    context.fillStyle = ink.quiet;
    context.fill();
    shirtIn(context, box, textures[shirt], ink.ink);
    if (wide >= 18) letter(context, shirt, { x, y: box.y + h * 0.6 }, Math.min(13, wide * 0.45));
  });
}

function drawAreas(brush: Brush, { area, cells }: AreaBoxes): void {
  const { context, ink, scene, textures } = brush;
  const pitch = cells.w / scene.steps;
  for (const { shirt, from, until } of runs(scene.people.wearing(area))) {
    const x = cells.x + from * pitch;
    const w = (until - from) * pitch;
    context.fillStyle = textures[shirt];
    context.fillRect(x, cells.y + 4, w, 38);
    if (w >= 16) letter(context, shirt, { x: x + w / 2, y: cells.y + 23 }, 15);
  }
  context.strokeStyle = ink.quiet;
  context.lineWidth = 1;
  context.strokeRect(cells.x + 0.5, cells.y + 4.5, cells.w - 1, 37);
}

/** A bracket below the people, and what has happened to them. */
function drawOver(brush: Brush, { cells, marks }: AreaBoxes, { shirt, over, from, until }: OverRun): void {
  const { context, ink, scene } = brush;
  const pitch = cells.w / scene.steps;
  const x1 = cells.x + from * pitch + 1;
  const x2 = cells.x + until * pitch - 1;
  context.strokeStyle = ink.bad;
  context.lineWidth = 2.5;
  context.beginPath();
  context.moveTo(x1, marks.y + 1);
  context.lineTo(x1, marks.y + 5);
  context.lineTo(x2, marks.y + 5);
  context.lineTo(x2, marks.y + 1);
  context.stroke();
  const said = words.paintedOver(shirt.toUpperCase(), over.toUpperCase());
  context.font = "700 12px system-ui, sans-serif";
  const half = context.measureText(said).width / 2;
  const x = Math.min(Math.max((x1 + x2) / 2, marks.x + half), marks.x + marks.w - half);
  // Of several small groups only the wide ones have room for words.
  if (x2 - x1 < Math.min(60, 3 * pitch) && until - from < 3) return;
  write(brush, said, { x, y: marks.y + 15 }, { size: 12, weight: 700, colour: ink.bad, align: "center" });
}
