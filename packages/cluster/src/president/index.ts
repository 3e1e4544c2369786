export { command, type Dependencies, declareJobs } from "./president.ts";
export { startRelay } from "./relay.ts";
