export { WorldError } from "./errors.ts";
export type { Prepare } from "./prepare.ts";
export { type Served, serveWorld } from "./serve.ts";
export { DEFAULT_DATABASE_URL, openWorld, type Stroke, type World } from "./world.ts";
