/**
 * The exact moment at which everything that can run has run.
 *
 * Between two events of a story every routine must run until it blocks. Routines live on microtasks alone. Node empties the
 * whole microtask queue before it looks at what `process.nextTick` has collected, and a browser does so before it calls
 * the next listener of a message. So both prove, and do not guess, that all routines are blocked when `drainMicrotasks` resolves.
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
  addEventListener(type: "message", listener: () => void): void;
  start(): void;
  /** Node's alone: it warns of more than ten. */
  setMaxListeners?(count: number): void;
  postMessage(message: undefined): void;
}

/** A port; each message to it calls all `listeners`, one after the other. */
function portTo(listeners: readonly (() => void)[]): Port {
  const { port1, port2 } = new MessageChannel() as unknown as { port1: Port; port2: Port };
  port1.setMaxListeners?.(listeners.length);
  for (const listener of listeners) port1.addEventListener("message", listener);
  port1.start();
  return port2;
}

/** A message costs a browser some 20 µs, and one more listener of it 2 µs. */
const LISTENERS = 64;
/** How many listeners the message that is being delivered has still to call. */
let listenersLeft = 0;
let drains: Port | undefined;

function drainListener(_: unknown, place: number): () => void {
  return () => {
    listenersLeft = LISTENERS - 1 - place;
    onDrained();
  };
}

/**
 * How a browser does it. It empties the microtask queue after each listener that it calls ("clean up after running script" in
 * the HTML standard), so the next listener of the same message proves as much as the next message, and costs less.
 * A host that calls all listeners in a row (Node) wakes with the first and finds nobody to wake with the others.
 */
export function drainByMessage(): Promise<void> {
  drains ??= portTo(Array.from({ length: LISTENERS }, drainListener));
  const promise = new Promise<void>(keepWake);
  if (listenersLeft === 0) drains.postMessage(undefined);
  return promise;
}

let turns: Port | undefined;
let turnsWaiting: (() => void)[] = [];

function onTurn(): void {
  const waiting = turnsWaiting;
  turnsWaiting = [];
  for (const resolve of waiting) resolve();
}

/** A message of its own: the listeners of one message are all of one event-loop turn. */
export function turnByMessage(): Promise<void> {
  turns ??= portTo([onTurn]);
  const promise = new Promise<void>((resolve) => turnsWaiting.push(resolve));
  turns.postMessage(undefined);
  return promise;
}

/** Waits for one event-loop turn: timers, sockets and signals run. Without it Ctrl-C would not end a long search. */
export function eventLoopTurn(): Promise<void> {
  // Nothing here tells the time, so a story stays the same.
  const immediate = globalThis.setImmediate;
  return typeof immediate === "function" ? new Promise((resolve) => immediate(resolve)) : turnByMessage();
}
