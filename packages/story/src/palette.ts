/**
 * The colour of each shirt, for terminals, pictures and pages: one table, so that PURPLE is the same everywhere. Purple and
 * blue look alike to many eyes: every place that shows a shirt also shows its letter, its name or its texture.
 */
import type { Shirt } from "./shirt.ts";

export interface ShirtColours {
  /** The shirt, as a CSS colour. */
  readonly fill: string;
  /** Text on the shirt; its contrast with `fill` is at least 4.5 to 1. */
  readonly text: string;
  /** The texture's lines or dots on the shirt. */
  readonly mark: string;
  /** What the texture is made of, so that a picture can be read without colours. */
  readonly texture: "plain" | "diagonal" | "dots" | "vertical" | "horizontal";
}

export const PALETTE: Readonly<Record<Shirt, ShirtColours>> = {
  white: { fill: "#f3f1ec", text: "#333333", mark: "#f3f1ec", texture: "plain" },
  purple: { fill: "#7b2d8b", text: "#ffffff", mark: "#b36bc2", texture: "diagonal" },
  blue: { fill: "#8ec5ff", text: "#000000", mark: "#2f6fb0", texture: "dots" },
  green: { fill: "#1f7a3d", text: "#ffffff", mark: "#6fc48b", texture: "vertical" },
  orange: { fill: "#ffb347", text: "#000000", mark: "#b36b00", texture: "horizontal" },
};
