export { isAlive } from "./is-alive.ts";
export { someOf } from "./some-of.ts";
