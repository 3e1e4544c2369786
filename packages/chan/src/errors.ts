/** The panics of Go's channels, in Go's words. All of them are bugs of the caller: let them crash the routine. */

export class SendOnClosedChannelError extends Error {
  override name = "SendOnClosedChannelError";
  constructor() {
    super("send on closed channel");
  }
}

export class CloseOfClosedChannelError extends Error {
  override name = "CloseOfClosedChannelError";
  constructor() {
    super("close of closed channel");
  }
}

export class CloseOfNilChannelError extends Error {
  override name = "CloseOfNilChannelError";
  constructor() {
    super("close of nil channel");
  }
}
