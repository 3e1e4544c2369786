/**
 * Spot the mistake. The exchange pushes *changes*, so a tailor who begins today reads the table once. Between the read and the
 * subscription the president changes his mind. React had it: github.com/react/react/issues/14988.
 */
import type { RecvChan } from "@shirts/chan";
import type { State } from "@shirts/learn/tailor";

export interface Sources {
  readState(): Promise<State>;
  /** Resolves when the subscription exists. From then on each change arrives in the chan; it closes at the end of the day. */
  subscribe(): Promise<RecvChan<State>>;
}

/** Calls `use` with the state of today, and then with each newer one. */
export async function follow({ readState, subscribe }: Sources, use: (state: State) => void): Promise<void> {
  let state = await readState();
  const states = await subscribe();
  use(state);
  for await (const pushed of states) {
    if (pushed.revision <= state.revision) continue;
    state = pushed;
    use(state);
  }
}
