/**
 * A tailor who has read the table, and hears each change. The exchange may bring a change that he knows already from the table, and
 * it may bring an older one late. He takes whatever comes last. Change one line.
 */
import type { RecvChan } from "@shirts/chan";
import type { State } from "@shirts/learn/tailor";

/** Calls `use` with `first`, and then with each state that is newer than the one before. Ends when `states` is closed. */
export async function follow(
  first: State,
  states: RecvChan<State>,
  use: (state: State) => void,
): Promise<void> {
  let state = first;
  use(state);
  for await (const pushed of states) {
    if (pushed.shirt === state.shirt) continue;
    state = pushed;
    use(state);
  }
}
