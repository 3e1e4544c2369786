export { type Child, end, killAll, startOnce } from "./child.ts";
export { reasonOf, startNode } from "./node-process.ts";
