import type { RecvChan } from "@shirts/chan";
import type { Answers } from "@shirts/learn/answers";
import type { State } from "@shirts/learn/tailor";

type Use = (state: State) => void;
const taking = (isNews: (pushed: State, state: State) => boolean) => ({
  async follow(first: State, states: RecvChan<State>, use: Use) {
    let state = first;
    use(state);
    for await (const pushed of states) {
      if (!isNews(pushed, state)) continue;
      state = pushed;
      use(state);
    }
  },
});

export const answers: Answers<typeof import("./given.ts")> = {
  right: {
    greater: taking((pushed, state) => pushed.revision > state.revision),
    "recv, and the highest so far": {
      async follow(first: State, states: RecvChan<State>, use: Use) {
        let highest = first.revision;
        use(first);
        for (let [pushed, ok] = await states.recv(); ok; [pushed, ok] = await states.recv()) {
          if (pushed && pushed.revision > highest) use(pushed);
          highest = Math.max(highest, pushed?.revision ?? 0);
        }
      },
    },
  },
  wrong: {
    everything: { answer: taking(() => true), says: /PURPLE 1 comes late/ },
    nothing: { answer: taking(() => false), says: /he uses 1, and it should be 1, 2, 3/ },
    ">=": { answer: taking((pushed, state) => pushed.revision >= state.revision), says: /he knew this one/ },
    "another revision": {
      answer: taking((pushed, state) => pushed.revision !== state.revision),
      says: /PURPLE 1 comes late/,
    },
    "newer, and another shirt": {
      answer: taking((pushed, state) => pushed.revision > state.revision && pushed.shirt !== state.shirt),
      says: /still BLUE 2 is older/,
    },
    "exactly one more": {
      answer: taking((pushed, state) => pushed.revision === state.revision + 1),
      says: /he uses 1, 2, and it should be 1, 3/,
    },
    "revisions as words": {
      answer: taking((pushed, state) => `${pushed.revision}` > `${state.revision}`),
      says: /10 is newer than 9/,
    },
    "it forgets the first": {
      answer: {
        async follow(_: State, states: RecvChan<State>, use: Use) {
          for await (const pushed of states) use(pushed);
        },
      },
      says: /he uses 2, 3, and it should be 1, 2, 3/,
    },
  },
};
