export { type Arena, openArena } from "./arena.ts";
export { type FaultName, faultNames } from "./faults.ts";
export { playStory, type StoryResult } from "./story.ts";
export { isWrong } from "./table.ts";
