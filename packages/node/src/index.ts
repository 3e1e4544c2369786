export type { Node } from "./attach.ts";
export { runNode } from "./node.ts";
export {
  DEFAULT_AMQP_URL,
  readSettings,
  type Settings,
} from "./settings.ts";
