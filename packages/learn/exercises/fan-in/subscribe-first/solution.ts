/** First subscribe, then read: a change in between comes twice, and the revision tells that it is known. */
import type { RecvChan } from "@shirts/chan";
import type { State } from "@shirts/learn/tailor";

export interface Sources {
  readState(): Promise<State>;
  /** Resolves when the subscription exists. From then on each change arrives in the chan; it closes at the end of the day. */
  subscribe(): Promise<RecvChan<State>>;
}

/** Calls `use` with the state of today, and then with each newer one. */
export async function follow({ readState, subscribe }: Sources, use: (state: State) => void): Promise<void> {
  const states = await subscribe();
  let state = await readState();
  use(state);
  for await (const pushed of states) {
    if (pushed.revision <= state.revision) continue;
    state = pushed;
    use(state);
  }
}
