/**
 * The simulator as a library. Nothing behind it needs Node, so a page in a browser can play every stage and every slip.
 *
 * The command line (`main.ts`) does not go through here: only programs that are built on the simulator do.
 */
export { /** @public */ type ExplorableFault, explore, type SoFar } from "./explore.ts";
export { /** @public */ find, runSeed, /** @public */ shrink } from "./find.ts";
export { /** @public */ SHAPE, /** @public */ type Shape } from "./generate.ts";
export {
  /** @public */ type Judged,
  /** @public */ type JudgeOptions,
  /** @public */ judgeWorker,
} from "./judge-worker.ts";
export { /** @public */ type LawName, /** @public */ lawNames, /** @public */ type OwnLaws } from "./laws.ts";
export {
  checkStory,
  type Fault,
  type FaultKind,
  /** @public */ faultKinds,
  /** @public */ ImpossibleStoryError,
  isOfCommand,
  makeFault,
  type Story,
} from "./plan.ts";
export { /** @public */ type Table, /** @public */ tableOf } from "./print/rows.ts";
export { /** @public */ whatWentWrong } from "./print/sentence.ts";
export { /** @public */ type Outcome, /** @public */ runStory } from "./run.ts";
export {
  /** @public */ type Fork,
  /** @public */ type Played,
  /** @public */ playSchedule,
} from "./schedule.ts";
export {
  /** @public */ playChoices,
  /** @public */ readSchedule,
  /** @public */ type Schedule,
} from "./schedule-file.ts";
export {
  /** @public */ type Stage,
  /** @public */ stageOf,
  stages,
  /** @public */ UnknownStageError,
} from "./stages.ts";
