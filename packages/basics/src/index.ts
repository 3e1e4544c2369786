export type { Print } from "./print.ts";
export { programs } from "./programs.ts";
