export { InMemoryCluster, type WorkerSettings } from "./in-memory-cluster.ts";
