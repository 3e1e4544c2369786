import "./deadlock.ts";

export { chan } from "./chan.ts";
export {
  CloseOfClosedChannelError,
  CloseOfNilChannelError,
  SendOnClosedChannelError,
} from "./errors.ts";
export { go } from "./go.ts";
export { merge } from "./merge.ts";
export {
  type Cases,
  type Outcome,
  type RecvCase,
  receiving,
  type SendCase,
  select,
  sending,
  trySelect,
} from "./select.ts";
export { after, sleep, type Ticker, tick } from "./time.ts";
export type { Cancellable, Chan, Off, Received, RecvChan, SendChan } from "./types.ts";
export { WaitGroup } from "./wait-group.ts";
