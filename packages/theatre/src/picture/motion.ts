/** Tokens between two places: where each one is at a moment of real time. */
import type { Point } from "./layout.ts";
import type { Token } from "./tokens.ts";

export const TRAVEL_MS = 420;

interface Way {
  readonly points: readonly Point[];
  readonly since: number;
}

interface Moving {
  token: Token;
  way: Way;
  isLeaving: boolean;
}

/** A token where it is now; `alpha` is less than 1 while it leaves. */
export interface Shown {
  readonly token: Token;
  readonly at: Point;
  readonly alpha: number;
}

export class Motion {
  readonly #moving = new Map<string, Moving>();

  /** The tokens of the new scene. With `isJump` everything is in its place at once. */
  show(tokens: readonly Token[], now: number, isJump: boolean): void {
    const keys = new Set(tokens.map(({ key }) => key));
    for (const [key, it] of this.#moving) {
      if (keys.has(key)) continue;
      if (isJump) this.#moving.delete(key);
      else if (!it.isLeaving) {
        it.way = { points: [placeAt(it.way, now), it.token.to], since: now };
        it.isLeaving = true;
      }
    }
    for (const token of tokens) {
      const known = this.#moving.get(token.key);
      const points = isJump ? [token.place] : pointsTo(token, known, now);
      if (points) this.#moving.set(token.key, { token, way: { points, since: now }, isLeaving: false });
      else if (known) known.token = token;
    }
  }

  /** Where all of them are. Tokens that have left are forgotten. */
  at(now: number): Shown[] {
    const shown: Shown[] = [];
    for (const [key, { token, way, isLeaving }] of this.#moving) {
      const part = partOf(way, now);
      if (isLeaving && part >= 1) this.#moving.delete(key);
      else shown.push({ token, at: placeAt(way, now), alpha: isLeaving ? 1 - part ** 2 : 1 });
    }
    return shown;
  }

  isMoving(now: number): boolean {
    for (const { way } of this.#moving.values())
      if (way.points.length > 1 && partOf(way, now) < 1) return true;
    return false;
  }
}

/** Undefined when it is on its way there already. */
function pointsTo(token: Token, known: Moving | undefined, now: number): Point[] | undefined {
  if (!known) return [token.from, ...(token.via ? [token.via] : []), token.place];
  const end = known.way.points.at(-1);
  if (!known.isLeaving && end?.x === token.place.x && end.y === token.place.y) return undefined;
  return [placeAt(known.way, now), token.place];
}

function partOf({ points, since }: Way, now: number): number {
  return points.length < 2 ? 1 : Math.min(1, Math.max(0, now - since) / (TRAVEL_MS * (points.length - 1)));
}

function placeAt(way: Way, now: number): Point {
  const { points } = way;
  const legs = points.length - 1;
  const whole = partOf(way, now) * legs;
  const leg = Math.min(Math.floor(whole), legs - 1);
  const from = points[Math.max(0, leg)] as Point;
  const to = points[leg + 1] ?? from;
  const part = ease(whole - leg);
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

function ease(part: number): number {
  return part * part * (3 - 2 * part);
}
