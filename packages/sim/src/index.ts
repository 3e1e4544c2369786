export { find, runSeed, shrink } from "./find.ts";
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
export { type Outcome, runStory } from "./run.ts";
export { type Stage, stageOf, stages, UnknownStageError } from "./stages.ts";
