/**
 * Takes the unhandled rejections of a program while it is explored: they are failures of its order, and must not end the process
 * or reach the test runner.
 */

type Listener = (reason: unknown, promise: unknown) => void;

interface NodeProcess {
  readonly versions?: { readonly node?: string };
  listeners(event: string): Listener[];
  on(event: string, listener: Listener): void;
  removeListener(event: string, listener: Listener): void;
  removeAllListeners(event: string): void;
}

interface RejectionEvent {
  readonly reason: unknown;
  preventDefault(): void;
}

interface Host {
  readonly process?: NodeProcess;
  addEventListener?(type: string, listener: (event: RejectionEvent) => void): void;
  removeEventListener?(type: string, listener: (event: RejectionEvent) => void): void;
}

/** From now on `take` gets them. Returns a function that puts back what was before. */
export function takeUnhandled(take: (reason: unknown) => void): () => void {
  const host = globalThis as unknown as Host;
  if (host.process?.versions?.node !== undefined) return takeNode(host.process, take);
  const listener = (event: RejectionEvent): void => {
    event.preventDefault();
    take(event.reason);
  };
  host.addEventListener?.("unhandledrejection", listener);
  return () => host.removeEventListener?.("unhandledrejection", listener);
}

function takeNode(process: NodeProcess, take: (reason: unknown) => void): () => void {
  const event = "unhandledRejection";
  const before = process.listeners(event);
  process.removeAllListeners(event);
  process.on(event, take);
  return () => {
    process.removeListener(event, take);
    for (const listener of before) process.on(event, listener);
  };
}
