export {
  /** @public */ type Options,
  /** @public */ type Positionals,
  parseFlags,
  type Values,
  wholeNumber,
} from "./flags.ts";
export { freeze } from "./freeze.ts";
export { checkOwn, fromHere, importFree, importOwn, shortly } from "./own/import-own.ts";
export { /** @public */ type Program, program } from "./program.ts";
export { type HowToRun, programArgs } from "./program-args.ts";
export { stopSignal } from "./stop-signal.ts";
export { UsageError } from "./usage-error.ts";
export { writeWhole } from "./write-whole.ts";
