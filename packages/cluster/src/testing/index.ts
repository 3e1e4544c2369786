export { drainInStep } from "./drain.ts";
export { InMemoryCluster, type WorkerSettings } from "./in-memory-cluster.ts";
export { recordingNode } from "./recording-node.ts";
export {
  afterTheCancel,
  closedCancels,
  lateDone,
  SEEDS,
  slowSteps,
  stopBesideReadyPace,
  stopOnTheWay,
  twoCancels,
} from "./routine-stories.ts";
export { twoCommands } from "./two-commands.ts";
