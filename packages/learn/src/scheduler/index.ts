export { scheduler } from "./scheduler.ts";
export { unwinnable } from "./unwinnable.ts";
