export { type Names, type Place, places, withNames } from "./match.ts";
export { isWord, type Token, tokens } from "./tokens.ts";
