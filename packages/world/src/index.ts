export { WorldError } from "./errors.ts";
export type { Prepare } from "./prepare.ts";
export { type Served, serveWorld } from "./serve.ts";
export { openWorld, type Stroke, type World } from "./world.ts";
