/** What the exercises of the simulator import: a story as data. */
export type { Story } from "@shirts/sim";
