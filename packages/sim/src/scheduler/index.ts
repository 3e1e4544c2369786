/**
 * "Be the scheduler": small stories whose next event the player chooses. The page and `npm run learn` play them.
 */
export { type Hint, hintFor } from "./hint.ts";
export { type Level, levelIds, levelOf, levels, scheduled, storyOf } from "./levels.ts";
export { NoSuchMoveError, type Position, positionAfter, scheduleOf } from "./session.ts";
export { solve } from "./solve.ts";
export { type Way, wayOf } from "./ways.ts";
export { type Button, buttonsOf, wordsOf } from "./words.ts";
