/** What the exercises' own files import. */
export type { Print } from "@shirts/basics/print";
export type { Exchange, Message } from "./broker.ts";

/** The order in which the events of a story happen: the names that the simulator gives them. */
export type Moves = readonly string[];
