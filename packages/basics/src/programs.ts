import { main as channels } from "./channels.ts";
import { main as close } from "./close.ts";
import { main as goroutines } from "./goroutines.ts";
import type { Print } from "./print.ts";
import { main as promiseRace } from "./promise-race.ts";
import { main as select } from "./select.ts";

/** The programs of part 1 in the order of the chapters. Each prints its lesson and resolves when it has ended. */
export const programs: Readonly<Record<string, (print: Print) => Promise<void>>> = {
  goroutines,
  channels,
  close,
  select,
  "promise-race": promiseRace,
};
