/** The revision tells which of two states is the newer one. The shirt does not: the president may want PURPLE twice. */
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
    if (pushed.revision <= state.revision) continue;
    state = pushed;
    use(state);
  }
}
