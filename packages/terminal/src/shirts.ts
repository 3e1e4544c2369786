/** Shirts on a terminal: a colour and a letter each, so that nothing is told by colour alone. */

import type { Command } from "@shirts/story";
import { areaName, type Shirt, shirtLetter } from "@shirts/story";
import chalk, { type ChalkInstance } from "chalk";

const INK: Record<Shirt, ChalkInstance> = {
  white: chalk.dim,
  purple: chalk.bgHex("#7b2d8b").whiteBright,
  blue: chalk.bgHex("#8ec5ff").black,
  green: chalk.bgHex("#1f7a3d").whiteBright,
  orange: chalk.bgHex("#ffb347").black,
};

/** Text on the shirt's colour. */
export function onShirt(shirt: Shirt, text: string): string {
  return INK[shirt](text);
}

/** One cell of a population bar: the shirt's letter on the shirt's colour. */
export function shirtCell(shirt: Shirt): string {
  return onShirt(shirt, shirtLetter(shirt));
}

/** "North America in PURPLE", the shirt on its colour. */
export function orderText({ area, shirt }: Command): string {
  return `${areaName(area)} in ${onShirt(shirt, ` ${shirt.toUpperCase()} `)}`;
}
