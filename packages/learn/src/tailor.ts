/** What a reader's tailor works with: the chapters' own messages and tools, and no clock to poll by. */
export type { FanInTools } from "@shirts/fan-in/fan-in";
export type { Job, Result, State, Tools } from "@shirts/fan-in/tailor";
