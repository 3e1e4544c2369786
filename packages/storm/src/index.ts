export { type Arena, openArena } from "./arena.ts";
export { /** @public */ type FaultName, usualFaults } from "./faults/index.ts";
export { isWrong, playStory, /** @public */ type StoryResult } from "./story.ts";
