/**
 * The exact end of "everything that can run now has run".
 *
 * Between two events of a story every routine must run until it blocks. Routines live on microtasks alone. Node empties the
 * whole microtask queue before it looks at what `process.nextTick` has collected, and a browser before it delivers a message.
 * So both are a proof, not a guess: when `turn` resolves, all routines are blocked. (A nextTick costs some 0.1 µs, a turn of
 * the event loop 1.4 µs.)
 */

/** Resolves when all microtasks have run. One caller at a time. */
export const turn: () => Promise<void> =
  typeof globalThis.process?.nextTick === "function" ? tick : turnByMessage;

let wake: (() => void) | undefined;

function onTurn(): void {
  const resolve = wake;
  wake = undefined;
  resolve?.();
}

function keepWake(resolve: () => void): void {
  wake = resolve;
}

function tick(): Promise<void> {
  const promise = new Promise<void>(keepWake);
  process.nextTick(onTurn);
  return promise;
}

/** What is needed of a MessagePort; Node's and the browser's types differ. */
interface Port {
  onmessage: (() => void) | null;
  postMessage(message: undefined): void;
}

let port: Port | undefined;

/** How a browser does it. */
export function turnByMessage(): Promise<void> {
  if (!port) {
    const { port1, port2 } = new MessageChannel() as unknown as { port1: Port; port2: Port };
    port1.onmessage = onTurn;
    port = port2;
  }
  const promise = new Promise<void>(keepWake);
  port.postMessage(undefined);
  return promise;
}

/** Lets timers, sockets and signals have their turn. A long search calls it between stories, or Ctrl-C would wait for its end. */
export function breathe(): Promise<void> {
  // The one place that needs the event loop itself; nothing here tells time.
  const immediate = globalThis.setImmediate;
  return typeof immediate === "function" ? new Promise((resolve) => immediate(resolve)) : turnByMessage();
}
