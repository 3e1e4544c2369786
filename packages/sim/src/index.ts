/**
 * The simulator as a library. Nothing behind it needs Node, so a page in a browser can play every stage and every slip.
 *
 * The command line (`main.ts`) does not go through here: only programs that are built on the simulator do.
 */
export { explore } from "./explore.ts";
export { find, runSeed, shrink } from "./find.ts";
export { SHAPE, type Shape } from "./generate.ts";
export { type LawName, lawNames } from "./laws.ts";
export { type Fault, type FaultKind, faultKinds, ImpossibleStoryError, type Story } from "./plan.ts";
export { type Table, tableOf } from "./print/rows.ts";
export { whatWentWrong } from "./print/sentence.ts";
export { type Outcome, runStory } from "./run.ts";
export { type Stage, stageOf, stages, UnknownStageError } from "./stages.ts";
