export { colourOf, stageOf } from "./flags.ts";
export { runNode } from "./node/run-node.ts";
export { DEFAULT_AMQP_URL } from "./node/settings.ts";
