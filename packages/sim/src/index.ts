/** The simulator as a library: pure, without Node, so a page in a browser can play stories too. */
export { type Exploration, type ExploreOptions, explore } from "./explore.ts";
export { find, runSeed, type Search, shrink } from "./find.ts";
export { SHAPE, type Shape } from "./generate.ts";
export { type Broken, type LawName, lawNames } from "./laws.ts";
export {
  checkStory,
  type Fault,
  type FaultKind,
  faultKinds,
  ImpossibleStoryError,
  type Story,
} from "./plan.ts";
export { type Cell, type Row, type Table, tableOf } from "./print/rows.ts";
export { whatWentWrong } from "./print/sentence.ts";
export { type Outcome, runStory } from "./run.ts";
export { type Stage, stageOf, stages, UnknownStageError } from "./stages.ts";
