/** Shirts on a terminal: a colour and a letter each, so that colour alone never carries a meaning. */
import { areaName, type Command, PALETTE, type Shirt, shirtLetter } from "@shirts/story";
import { Chalk, type ChalkInstance } from "chalk";

/** chalk's own instance finds out what the terminal can show. */
const standard = new Chalk();

/** Text on the shirt's colour. White is what a terminal shows anyway, so it is only dimmed. */
export function onShirt(shirt: Shirt, text: string, chalk: ChalkInstance = standard): string {
  if (shirt === "white") return chalk.dim(text);
  const { fill, text: ink } = PALETTE[shirt];
  return chalk.bgHex(fill).hex(ink)(text);
}

/** One cell of a population bar: the shirt's letter on the shirt's colour. */
export function shirtCell(shirt: Shirt): string {
  return onShirt(shirt, shirtLetter(shirt));
}

/** "North America in PURPLE", the shirt on its colour. */
export function commandText({ area, shirt }: Command): string {
  return `${areaName(area)} in ${onShirt(shirt, ` ${shirt.toUpperCase()} `)}`;
}
