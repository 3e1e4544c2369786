/** Starts a count: in a Web Worker, or, where there is none, in slices on the page. */
import type { News, Order } from "../../workers/stories.ts";
import { count } from "./count.ts";
import type { Tally } from "./tally.ts";

export interface Listener {
  readonly tell: (tally: Tally) => void;
  readonly done: () => void;
  /** The stories play on the page itself; why. */
  readonly onPage: (why: "no workers" | "worker failed") => void;
  readonly failed: (error: Error) => void;
}

/** Starts counting, and gives a function that ends it. */
export function start(order: Order, listener: Listener): () => void {
  if (typeof Worker === "undefined") {
    listener.onPage("no workers");
    return startOnPage(order, listener);
  }
  const worker = new Worker(new URL("../../workers/stories.ts", import.meta.url), { type: "module" });
  let end = (): void => worker.terminate();
  let newest = order.tally;
  worker.onmessage = ({ data: { tally, isDone } }: MessageEvent<News>) => {
    newest = tally;
    listener.tell(tally);
    if (isDone) {
      worker.terminate();
      listener.done();
    }
  };
  worker.onerror = () => {
    worker.terminate();
    listener.onPage("worker failed");
    end = startOnPage({ ...order, tally: newest }, listener);
  };
  worker.postMessage(order);
  return () => end();
}

/** A slice leaves time for a frame. */
const SLICE_MS = 10;

function startOnPage({ plan, tally }: Order, { tell, done, failed }: Listener): () => void {
  let isEnded = false;
  let since = performance.now();
  let told = since;
  const mayGoOn = async (): Promise<boolean> => {
    if (performance.now() - since >= SLICE_MS) {
      await new Promise((resolve) => setTimeout(resolve));
      since = performance.now();
    }
    return !isEnded;
  };
  let newest = tally;
  const tellSometimes = (now: Tally): void => {
    newest = now;
    if (isEnded || performance.now() - told < 100) return;
    told = performance.now();
    tell(now);
  };
  count(plan, tally, { tell: tellSometimes, mayGoOn }).then(
    () => {
      if (isEnded) return;
      tell(newest);
      done();
    },
    (error: Error) => failed(error),
  );
  return () => {
    isEnded = true;
  };
}
