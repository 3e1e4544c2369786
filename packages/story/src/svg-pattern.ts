/** A shirt's texture as an SVG, for pictures that are files. */
import { PALETTE, type ShirtColours } from "./palette.ts";
import type { Shirt } from "./shirt.ts";

const TEXTURES: Readonly<Record<ShirtColours["texture"], (mark: string) => string>> = {
  plain: () => "",
  diagonal: (mark) => `<path d="M0 8L8 0" stroke="${mark}" stroke-width="1.5"/>`,
  dots: (mark) => `<circle cx="4" cy="4" r="1.5" fill="${mark}"/>`,
  vertical: (mark) => `<path d="M4 0V8" stroke="${mark}" stroke-width="1.5"/>`,
  horizontal: (mark) => `<path d="M0 4H8" stroke="${mark}" stroke-width="1.5"/>`,
};

/** A `<pattern>` whose id is the shirt: `fill="url(#purple)"`. */
export function shirtPattern(shirt: Shirt): string {
  const { fill, mark, texture } = PALETTE[shirt];
  return `<pattern id="${shirt}" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="${fill}"/>${TEXTURES[texture](mark)}</pattern>`;
}
