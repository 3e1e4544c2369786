/** A canvas that shows scenes. It draws when a new scene comes and as long as something moves, and rests otherwise. */
import { frames, noFrames } from "../player/frames.ts";
import type { Scene } from "../scene/scene.ts";
import type { Brush } from "./brush.ts";
import { drawGame } from "./draw-game.ts";
import { drawNodes } from "./draw-nodes.ts";
import { drawPeople } from "./draw-people.ts";
import { drawServices } from "./draw-services.ts";
import { drawTokens } from "./draw-tokens.ts";
import { type Ink, inkOf } from "./ink.ts";
import { type Layout, layoutOf } from "./layout.ts";
import { Motion, TRAVEL_MS } from "./motion.ts";
import { type Textures, texturesFor } from "./textures.ts";
import { tokensOf } from "./tokens.ts";

/** A jump over more events than this shows nothing on its way. */
const JUMP = 3;

export class Drawing {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #motion = new Motion();
  readonly #sizes: ResizeObserver;
  readonly #dark = matchMedia("(prefers-color-scheme: dark)");
  readonly #calm = matchMedia("(prefers-reduced-motion: reduce)");
  #scene: Scene | undefined;
  #span: readonly [number, number] | undefined;
  #layout: Layout | undefined;
  #layoutKey = "";
  #routines = 1;
  #width = 0;
  #ratio = 1;
  #ink: Ink | undefined;
  #textures: Textures | undefined;
  #since = 0;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d") as CanvasRenderingContext2D;
    this.#sizes = new ResizeObserver(([entry]) => {
      this.#width = Math.floor(entry?.contentRect.width ?? 0);
      this.#again();
    });
    // The canvas gets its height from the drawing, so only the width of its parent counts.
    this.#sizes.observe(canvas.parentElement ?? canvas);
    this.#dark.addEventListener("change", this.#newTheme);
  }

  /** Shows a scene. What moved since the one before travels, unless this one is far from it. */
  show(scene: Scene, span: readonly [number, number] | undefined): void {
    const before = this.#scene;
    const distance = before ? Math.abs(scene.position - before.position) : JUMP + 1;
    this.#scene = scene;
    this.#span = span;
    this.#routines = Math.max(this.#routines, ...scene.nodes.map(({ routines }) => routines.length));
    this.#arrange(distance > JUMP || this.#calm.matches);
  }

  end(): void {
    noFrames(this.#draw);
    this.#sizes.disconnect();
    this.#dark.removeEventListener("change", this.#newTheme);
  }

  readonly #newTheme = (): void => {
    this.#ink = undefined;
    frames(this.#draw);
  };

  /** The size has changed. */
  #again(): void {
    this.#layoutKey = "";
    this.#arrange(true);
  }

  #arrange(isJump: boolean): void {
    const scene = this.#scene;
    if (!scene || this.#width < 50) return;
    const nodes = scene.nodes.map(({ name }) => name);
    const { areas } = scene;
    const key = `${this.#width} ${nodes} ${areas} ${this.#routines} ${this.#span !== undefined}`;
    const isNew = key !== this.#layoutKey;
    if (isNew || !this.#layout) {
      this.#layoutKey = key;
      const hasHistory = this.#span !== undefined;
      this.#layout = layoutOf({ width: this.#width, nodes, areas, routines: this.#routines, hasHistory });
      this.#resize(this.#layout);
    }
    const now = performance.now();
    this.#since = isJump ? 0 : now;
    this.#motion.show(tokensOf(scene, this.#layout), now, isJump || isNew);
    frames(this.#draw);
  }

  #resize({ width, height }: Layout): void {
    const ratio = globalThis.devicePixelRatio || 1;
    if (ratio !== this.#ratio) this.#textures = undefined;
    this.#ratio = ratio;
    this.#canvas.width = Math.round(width * ratio);
    this.#canvas.height = Math.round(height * ratio);
    this.#canvas.style.width = `${width}px`;
    this.#canvas.style.height = `${height}px`;
  }

  readonly #draw = (now: number): boolean => {
    const scene = this.#scene;
    const layout = this.#layout;
    if (!scene || !layout) return false;
    const context = this.#context;
    context.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0);
    context.clearRect(0, 0, layout.width, layout.height);
    const fresh = Math.min(1, (now - this.#since) / TRAVEL_MS);
    this.#ink ??= inkOf(this.#canvas.parentElement ?? document.body);
    this.#textures ??= texturesFor(this.#ratio);
    const [from, until] = this.#span ?? [0, scene.at];
    const brush: Brush = {
      context,
      ink: this.#ink,
      textures: this.#textures,
      scene,
      layout,
      fresh,
      from,
      until,
    };
    drawServices(brush);
    drawNodes(brush);
    drawPeople(brush);
    drawGame(brush);
    drawTokens(brush, this.#motion.at(now));
    return fresh < 1 || this.#motion.isMoving(now);
  };
}
