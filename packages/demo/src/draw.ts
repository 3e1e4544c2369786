/**
 * Draws one scene's trace events as an SVG: from left to right the population, from top to bottom the time. Each row
 * shows what everybody wears at that moment, so a worker is a diagonal, and an overtaken one is a crossing.
 */

import { UsageError } from "@shirts/command-line";
import {
  type Area,
  areaName,
  Picture,
  type Shirt,
  shirtPattern,
  shirts,
  type TraceEvent,
} from "@shirts/story";

const WIDTH = 600;
const HEIGHT = 300;
const LEFT = 70;
const TOP = 70;
const ROWS = 60;

/** Fill patterns: each shirt has its own texture, so that the picture can be read without colours. */
const PATTERNS = shirts.map((shirt) => `\n  ${shirtPattern(shirt)}`).join("");

/** The SVG of `area` in a scene of `steps` steps. `title` is above it. Throws when nothing was painted. */
export function drawTrace(
  events: readonly TraceEvent[],
  title: string,
  steps: number,
  area: Area = "north-america",
): string {
  const picture = new Picture([area], steps);
  const from = events.find(({ type }) => type === "commanded")?.at;
  const until = events.findLast(({ type }) => type === "painted")?.at;
  if (from === undefined || until === undefined)
    throw new UsageError(
      "Nothing was painted: there is nothing to draw. Give it the output of: npm start -- --stage v1 --nodes 2 --json",
    );
  const rowMs = (until - from) / (ROWS - 1);
  const rects: string[] = [];
  let next = 0;
  for (let row = 0; row < ROWS; row++) {
    for (; next < events.length; next++) {
      const event = events[next];
      if (!event || event.at > from + row * rowMs) break;
      picture.apply(event);
    }
    rects.push(...runs(picture.people.wearing(area), row));
  }
  return svg(title, area, (until - from) / 1000, rects, labels(events, from, rowMs, steps));
}

/** One row's rectangles: neighbours in the same shirt are one. */
function runs(shirts: readonly Shirt[], row: number): string[] {
  const rects: string[] = [];
  const rowHeight = HEIGHT / ROWS;
  for (let start = 0; start < shirts.length; ) {
    let end = start + 1;
    while (shirts[end] === shirts[start]) end++;
    const x = LEFT + (start * WIDTH) / shirts.length;
    const width = ((end - start) * WIDTH) / shirts.length;
    rects.push(
      `<rect x="${x}" y="${TOP + row * rowHeight}" width="${width}" height="${rowHeight}" fill="url(#${shirts[start]})"/>`,
    );
    start = end;
  }
  return rects;
}

/** Which node painted which shirt, beside the end of its walk: on the walk itself the words would hide a narrow band. */
function labels(events: readonly TraceEvent[], from: number, rowMs: number, steps: number): string[] {
  const walks = new Map<string, TraceEvent & { readonly type: "painted" }>();
  for (const event of events)
    if (event.type === "painted") walks.set(`${event.node} ${event.command.revision}`, event);
  return [...walks.values()].map(({ at, node, step, command }) => {
    const x = LEFT + (WIDTH * (step + 1)) / steps + 6;
    const y = Math.min(TOP + HEIGHT, TOP + ((at - from) / rowMs) * (HEIGHT / ROWS) + 5);
    return `<text x="${x}" y="${y}" class="on">${node}: ${command.shirt.toUpperCase()}</text>`;
  });
}

function svg(
  title: string,
  area: Area,
  seconds: number,
  rects: readonly string[],
  texts: readonly string[],
): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${LEFT + WIDTH + 140} ${TOP + HEIGHT + 50}" role="img" aria-label="${title}">
<title>${title}</title>
<defs>${PATTERNS}
</defs>
<style>text{font:14px system-ui,sans-serif;fill:#333}.on{font-weight:600;paint-order:stroke;stroke:#fffdf8;stroke-width:4px}.big{font-size:17px;font-weight:600}</style>
<rect width="100%" height="100%" fill="#fffdf8"/>
<text x="${LEFT}" y="30" class="big">${title}</text>
<text x="${LEFT}" y="${TOP - 12}">${areaName(area)}, person 1</text>
<text x="${LEFT + WIDTH}" y="${TOP - 12}" text-anchor="end">the last person</text>
<text x="${LEFT - 10}" y="${TOP + 12}" text-anchor="end">0 s</text>
<text x="${LEFT - 10}" y="${TOP + HEIGHT}" text-anchor="end">${seconds.toFixed(1)} s</text>
<g shape-rendering="crispEdges">
${rects.join("\n")}
</g>
${texts.join("\n")}
<text x="${LEFT}" y="${TOP + HEIGHT + 30}">Each row is a moment; the last row is what stays. Drawn from the trace of a real run.</text>
</svg>
`;
}
