export { type Arena, openArena } from "./arena.ts";
export { /** @public */ type FaultName, faultNames } from "./faults/index.ts";
export { isWrong, playStory, /** @public */ type StoryResult } from "./story.ts";
