/// <reference lib="esnext.disposable" preserve="true" />
// A type is exported when a public function takes or returns it, so that a program can name what it stores.
export {
  type Cases,
  /** @public */ type Outcome,
  /** @public */ type RecvCase,
  receiving,
  /** @public */ type SendCase,
  sending,
} from "./case.ts";
export { chan } from "./chan.ts";
export {
  /** @public */ type Cancel,
  CanceledError,
  type Context,
  DeadlineExceededError,
  withCancel,
  withTimeout,
} from "./context.ts";
export { reportDeadlocks } from "./deadlock.ts";
export { CloseOfClosedChannelError, CloseOfNilChannelError, SendOnClosedChannelError } from "./errors.ts";
export { go } from "./go.ts";
export { Group, /** @public */ type GroupOptions } from "./group.ts";
export { merge } from "./merge.ts";
export { nil } from "./nil.ts";
export { select, trySelect } from "./select.ts";
export { after, sleep, /** @public */ type Ticker, tick } from "./time.ts";
export type {
  Cancellable,
  Chan,
  /** @public */ Off,
  /** @public */ Received,
  RecvChan,
  SendChan,
} from "./types.ts";
export { WaitGroup } from "./wait-group.ts";
