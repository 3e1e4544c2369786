/** `pnpm sim --slips`: the talk's slips as stages; `--update` writes their workers again. */
import { writeFileSync } from "node:fs";
import { plant } from "../planter/plant.ts";
import { type Variant, variants } from "../variants/patches.ts";
import { slips } from "../variants/slips.ts";
import type { Options } from "./options.ts";
import { workerSource } from "./worker-source.ts";

export function fileOf({ name }: Variant): URL {
  return new URL(`../variants/workers/${name}.ts`, import.meta.url);
}

/** A variant's worker as its file must have it. */
export function writtenOut(variant: Variant): string {
  const why = variant.why.trim().replaceAll(/^ */gm, " * ");
  const head = `/**\n${why}\n *\n * Written by \`pnpm sim --slips --update\` from ${variant.from}'s worker and patches.ts. Change those, not this file.\n */\n`;
  return plant(workerSource(variant.from), variant).replace(/^\/\*\*[\s\S]*?\*\/\n/, () => head);
}

export function tellSlips({ update }: Options, write: (text: string) => void): void {
  if (update) for (const variant of variants) writeFileSync(fileOf(variant), writtenOut(variant));
  for (const { name, about } of slips) write(`${name.padEnd(12)}${about}\n`);
}
