/** An AbortController that knows how many listeners its signal has. */
export interface CountingController {
  readonly signal: AbortSignal;
  readonly abort: () => void;
  readonly count: () => number;
}

export function countingController(): CountingController {
  const controller = new AbortController();
  const { signal } = controller;
  const listeners = new Set<unknown>();
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (...args: Parameters<typeof add>): void => {
    const [, listener, options] = args;
    const drop = (): boolean => listeners.delete(listener);
    // It would never be called: the signal has aborted, or that of the listener has.
    const ends = typeof options === "object" ? options.signal : undefined;
    if (!ends?.aborted) listeners.add(listener);
    ends?.addEventListener("abort", drop);
    add(...args);
  };
  signal.removeEventListener = (...args: Parameters<typeof remove>): void => {
    listeners.delete(args[1]);
    remove(...args);
  };
  return { signal, abort: () => controller.abort(), count: () => listeners.size };
}
