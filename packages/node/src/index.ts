export { type Node, runNode } from "./node.ts";
export {
  DEFAULT_AMQP_URL,
  readSettings,
  type Settings,
} from "./settings.ts";
