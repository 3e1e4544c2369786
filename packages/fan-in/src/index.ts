export { fanIn } from "./fan-in.ts";
export { worker } from "./worker.ts";
