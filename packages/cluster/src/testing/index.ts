export { drainInStep } from "./drain.ts";
export { InMemoryCluster, type WorkerSettings } from "./in-memory-cluster.ts";
export { recordingNode } from "./recording-node.ts";
export {
  afterTheCancel,
  lateDone,
  SEEDS,
  slowSteps,
  stopBesideReadyPace,
  stopOnTheWay,
  twoCancels,
} from "./routine-stories.ts";
