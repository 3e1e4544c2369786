/**
 * Draws a scene as an SVG that moves where an image may: a curtain opens from left to right with the time, and the people
 * change their shirts in step. Who asked for less motion sees the whole scene, and the people as they are in the end.
 */
import { type Shirt, shirtLetter } from "@shirts/story";
import { type Arrow, type Bar, endOf, type Mark, type People, type Scene } from "./scene.ts";
import { escapeXml, PATTERNS, STAYS, STYLE, TURN_S } from "./svg.ts";

const [WIDTH, LEFT, RIGHT, TOP, LANE, STRIP] = [760, 120, 736, 62, 46, 74];

/** Places of the picture: where a moment is from left to right, and a lane from top to bottom. */
class Places {
  readonly endMs: number;
  readonly #lanes: readonly string[];
  constructor(scene: Scene) {
    this.endMs = endOf(scene);
    this.#lanes = scene.lanes;
  }
  x(ms: number): number {
    return Math.round((LEFT + (ms / this.endMs) * (RIGHT - LEFT)) * 10) / 10;
  }
  y(lane: string): number {
    const index = this.#lanes.indexOf(lane);
    if (index < 0) throw new Error(`no lane ${lane}; there are ${this.#lanes.join(", ")}`);
    return TOP + index * LANE + LANE / 2;
  }
  get bottom(): number {
    return TOP + this.#lanes.length * LANE;
  }
}

function drawLane(lane: string, at: Places): string {
  const y = at.y(lane);
  return `<text x="${LEFT - 12}" y="${y + 5}" text-anchor="end">${escapeXml(lane)}</text><path class="line" d="M${LEFT} ${y}H${RIGHT}"/>`;
}

function drawBar({ lane, fromMs, toMs, kind, label = "" }: Bar, at: Places): string {
  const [x, y] = [at.x(fromMs), at.y(lane) - 9];
  const box = `x="${x}" y="${y}" width="${Math.max(1.5, at.x(toMs) - x).toFixed(1)}" height="18" rx="3"`;
  const drawn =
    kind === "wait"
      ? `<rect ${box} class="paper"/><rect ${box} class="wait"/>`
      : kind === "work"
        ? `<rect ${box} class="work"/><rect ${box} class="edge"/>`
        : `<rect ${box} class="paper"/><rect ${box} fill="url(#${kind})"/><rect ${box} class="edge"/>`;
  const words = label && `<text x="${x + 5}" y="${y + 13.5}" class="halo">${escapeXml(label)}</text>`;
  return drawn + words;
}

const SIGNS = { good: "✓ ", bad: "✗ ", note: "" };

function drawMark({ lane, atMs, kind, label }: Mark, at: Places): string {
  const x = at.x(atMs);
  // Near the right edge the words stand before the moment.
  const anchor = x > RIGHT - 8 * (label.length + 2) ? ' text-anchor="end"' : "";
  return `<circle cx="${x}" cy="${at.y(lane)}" r="3" class="${kind === "note" ? "tip" : kind}"/><text x="${x + (anchor ? -6 : 6)}" y="${at.y(lane) - 13}" class="halo ${kind}"${anchor}>${SIGNS[kind]}${escapeXml(label)}</text>`;
}

function drawArrow({ from, to, sentMs, arrivedMs, label, isLost }: Arrow, at: Places): string {
  const [x1, x2] = [at.x(sentMs), at.x(arrivedMs)];
  const down = at.y(to) > at.y(from) ? 1 : -1;
  const [y1, y2] = [at.y(from) + 9 * down, at.y(to) - 9 * down];
  const line = `<path class="arrow${isLost ? " lost" : ""}" d="M${x1} ${y1}L${x2} ${y2}"/>`;
  const end = isLost
    ? `<text x="${x2 - 5}" y="${y2 + 5}" class="bad halo">✗</text>`
    : `<path class="tip" d="M${x2} ${y2}l-4 ${-8 * down}h8z"/>`;
  const isAtEdge = x2 > RIGHT - 8 * (label.length + 1);
  const words = `<text x="${(x1 + x2) / 2 + (isAtEdge ? -6 : 6)}" y="${(y1 + y2) / 2 + 4}" class="halo"${isAtEdge ? ' text-anchor="end"' : ""}>${escapeXml(label)}</text>`;
  return line + end + words;
}

/** Percent of a turn at which a moment is shown; whole, so that moments share their keyframes. */
function percentOf(ms: number, endMs: number): number {
  return Math.min(99, Math.max(1, Math.round((ms / endMs) * (1 - STAYS) * 100)));
}

function drawPeople({ steps, paints }: People, at: Places): { cells: string; keyframes: string } {
  const y = at.bottom + 14;
  const width = (RIGHT - LEFT) / steps;
  const percents = new Set<number>();
  const cell = (step: number, shirt: Shirt, animation: string): string => {
    const x = LEFT + step * width;
    const box = `x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="30"`;
    const letter = `<text x="${(x + width / 2).toFixed(1)}" y="${y + 20}" text-anchor="middle" class="halo">${shirt === "white" ? "" : shirtLetter(shirt)}</text>`;
    return `<g${animation}><rect ${box} fill="url(#${shirt})"/><rect ${box} class="edge"/>${letter}</g>`;
  };
  const white = Array.from({ length: steps }, (_, step) => cell(step, "white", ""));
  const painted = paints.map(({ atMs, step, shirt }) => {
    const percent = percentOf(atMs, at.endMs);
    percents.add(percent);
    return cell(step, shirt, ` class="cell" style="animation:p${percent} ${TURN_S}s step-end infinite"`);
  });
  const keyframes = [...percents].map(
    (p) => `@keyframes p${p} { 0% { opacity: 0 } ${p}%, to { opacity: 1 } }`,
  );
  const name = `<text x="${LEFT - 12}" y="${y + 20}" text-anchor="end">the people</text>`;
  return { cells: [name, ...white, ...painted].join("\n"), keyframes: keyframes.join("\n  ") };
}

/** The scene as an SVG. Deterministic. Throws when a bar, a mark or an arrow names a lane that is not there. */
export function draw(scene: Scene): string {
  const at = new Places(scene);
  const people = scene.people && drawPeople(scene.people, at);
  const height = at.bottom + (people ? STRIP : 26);
  const moved = RIGHT - LEFT + 24;
  const shown = Math.round((1 - STAYS) * 100);
  const walk = `@keyframes open { 0% { transform: none } ${shown}%, to { transform: translateX(${moved}px) } }
  @keyframes walk { 0% { transform: none } ${shown}% { transform: translateX(${RIGHT - LEFT}px); opacity: 1 } ${shown + 1}%, to { transform: translateX(${RIGHT - LEFT}px); opacity: 0 } }`;
  const parts = [
    ...scene.lanes.map((lane) => drawLane(lane, at)),
    ...scene.bars.map((bar) => drawBar(bar, at)),
    ...scene.arrows.map((arrow) => drawArrow(arrow, at)),
    ...scene.marks.map((mark) => drawMark(mark, at)),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeXml(scene.alt)}">
<title>${escapeXml(scene.title)}</title>
<desc>${escapeXml(scene.alt)}</desc>
<defs>
  ${PATTERNS}
</defs>
<style>${STYLE}
  ${walk}
  ${people?.keyframes ?? ""}
</style>
<rect width="100%" height="100%" class="paper"/>
<text x="20" y="28" class="title">${escapeXml(scene.title)}</text>
<text x="${RIGHT}" y="${TOP - 8}" class="faint" text-anchor="end">${timeOf(at.endMs)}</text>
${parts.join("\n")}
<rect x="${LEFT + 1}" y="${TOP - 20}" width="${WIDTH}" height="${at.bottom - TOP + 24}" class="curtain"/>
<path d="M${LEFT} ${TOP - 4}V${at.bottom}" class="head"/>
${people?.cells ?? ""}
</svg>
`;
}

/** The time at the right edge. */
function timeOf(endMs: number): string {
  return endMs >= 1000 ? `${endMs / 1000} s` : `${endMs} ms`;
}
