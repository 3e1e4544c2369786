export type { Client } from "./client.ts";
export { FenceError } from "./errors.ts";
export { type Fence, fence } from "./fence.ts";
export type { Message, /** @public */ Publish } from "./relay.ts";
export type { /** @public */ Names } from "./sql.ts";
