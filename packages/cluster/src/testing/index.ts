export { drainInStep } from "./drain.ts";
export { InMemoryCluster, type WorkerSettings } from "./in-memory-cluster.ts";
