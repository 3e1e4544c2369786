/** What the exercises' own files import, and the list of all exercises. */
export type { Print } from "@shirts/basics/print";
export type { Exchange, Message } from "./broker.ts";
