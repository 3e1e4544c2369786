/**
 * All chance of the simulator. It uses whole-number arithmetic only (Math.imul, shifts), so a seed means the same run in every
 * engine. A draw depends on the seed and on its *name*, never on how many draws came before. So a story that loses a fault or
 * a node while it shrinks keeps all its other delays.
 */

/** Mixes `seed` and `name` into 32 bits. FNV-1a over the name, then the finish of MurmurHash3. */
export function hash(seed: number, name: string): number {
  let h = (seed ^ 0x811c9dc5) | 0;
  for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x01000193);
  return mix(h ^ Math.imul(seed, 0x9e3779b1));
}

function mix(bits: number): number {
  let h = bits ^ (bits >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A whole number from `min` to `max`, both included, for this seed and name. */
export function draw(seed: number, name: string, min: number, max: number): number {
  return min + Math.floor((hash(seed, name) / 2 ** 32) * (max - min + 1));
}

/** A stream of 32-bit numbers for fast-check's generators (the shape is pure-rand's RandomGenerator): a Weyl sequence, mixed. */
export class SeededStream {
  private weyl: number;

  constructor(state: number) {
    this.weyl = state | 0;
  }
  clone(): SeededStream {
    return new SeededStream(this.weyl);
  }
  next(): number {
    this.weyl = (this.weyl + 0x9e3779b9) | 0;
    return mix(this.weyl) | 0;
  }
  getState(): readonly number[] {
    return [this.weyl];
  }
}
