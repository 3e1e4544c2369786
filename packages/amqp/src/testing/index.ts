/** For tests and fault storms: a bad network between a node and its broker. */
export { type FaultProxy, startFaultProxy } from "./fault-proxy.ts";
