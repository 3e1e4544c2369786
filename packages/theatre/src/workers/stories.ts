/** The Web Worker of the mode "chance": it gets one plan, and posts what it has counted until it is done or terminated. */
import { count, type Plan } from "../modes/chance/count.ts";
import type { Tally } from "../modes/chance/tally.ts";

export interface Order {
  readonly plan: Plan;
  readonly tally: Tally;
}

export interface News {
  readonly tally: Tally;
  readonly isDone: boolean;
}

/** Between two posts: the page draws no more often than this. */
const POST_MS = 100;

addEventListener("message", ({ data: { plan, tally } }: MessageEvent<Order>) => {
  let newest = tally;
  let posted = performance.now();
  const post = (isDone: boolean): void => {
    postMessage({ tally: newest, isDone } satisfies News);
    posted = performance.now();
  };
  const tell = (told: Tally): void => {
    newest = told;
    if (performance.now() - posted >= POST_MS) post(false);
  };
  count(plan, tally, { tell, mayGoOn: () => true }).then(
    () => post(true),
    // Told to the page as an error of this worker.
    (error) => reportError(error),
  );
});
