export { type Names, type Place, places, withNames } from "./match.ts";
export { tokens } from "./tokens.ts";
