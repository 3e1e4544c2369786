export { type Arena, openArena } from "./arena.ts";
export { /** @public */ type FaultName, faultNames } from "./faults.ts";
export { playStory, /** @public */ type StoryResult } from "./story.ts";
export { isWrong } from "./table.ts";
