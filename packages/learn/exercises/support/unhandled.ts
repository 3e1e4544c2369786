/** A rejection that nobody handles ends its process. Here that process is the worker's, which is played, and not the judge's. */

/** Does `work`. A rejection that nobody handles is left alone when `isDeath` says so; every other one goes where it would have gone. */
export async function leaving<T>(isDeath: () => boolean, work: () => Promise<T>): Promise<T> {
  const event = "unhandledRejection";
  const before = process.listeners(event);
  const listener = (reason: unknown, promise: Promise<unknown>): void => {
    if (isDeath()) return;
    // As Node does where nobody listens: it ends the process.
    if (before.length === 0) throw reason;
    for (const tell of before) tell(reason, promise);
  };
  process.removeAllListeners(event);
  process.on(event, listener);
  try {
    return await work();
  } finally {
    process.removeListener(event, listener);
    for (const tell of before) process.on(event, tell);
  }
}
