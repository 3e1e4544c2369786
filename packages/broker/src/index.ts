export { type BrokerOptions, type RunningBroker, startBroker } from "./server.ts";
export type { Limits } from "./session/limits.ts";
