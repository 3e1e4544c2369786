/**
 * The exact moment at which everything that can run has run.
 *
 * Between two events of a story every routine must run until it blocks. Routines live on microtasks alone. Node empties the
 * whole microtask queue before it looks at what `process.nextTick` has collected, and a browser does so before it delivers a
 * message. So both prove, and do not guess, that all routines are blocked when `drainMicrotasks` resolves.
 * (A nextTick costs some 0.1 µs, an event-loop turn 1.4 µs.)
 */

/** Resolves when all microtasks have run. One caller at a time. */
export const drainMicrotasks: () => Promise<void> =
  typeof globalThis.process?.nextTick === "function" ? drainByTick : drainByMessage;

let wake: (() => void) | undefined;

function onDrained(): void {
  const resolve = wake;
  wake = undefined;
  resolve?.();
}

function keepWake(resolve: () => void): void {
  wake = resolve;
}

function drainByTick(): Promise<void> {
  const promise = new Promise<void>(keepWake);
  process.nextTick(onDrained);
  return promise;
}

/** What is needed of a MessagePort; Node's and the browser's types differ. */
interface Port {
  onmessage: (() => void) | null;
  postMessage(message: undefined): void;
}

let port: Port | undefined;

/** How a browser does it. */
export function drainByMessage(): Promise<void> {
  if (!port) {
    const { port1, port2 } = new MessageChannel() as unknown as { port1: Port; port2: Port };
    port1.onmessage = onDrained;
    port = port2;
  }
  const promise = new Promise<void>(keepWake);
  port.postMessage(undefined);
  return promise;
}

/** Waits for one event-loop turn: timers, sockets and signals run. Without it Ctrl-C would not end a long search. */
export function eventLoopTurn(): Promise<void> {
  // Nothing here tells the time, so a story stays the same.
  const immediate = globalThis.setImmediate;
  return typeof immediate === "function" ? new Promise((resolve) => immediate(resolve)) : drainByMessage();
}
