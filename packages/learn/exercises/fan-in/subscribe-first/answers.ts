import { go, sleep } from "@shirts/chan";
import type { Answers } from "@shirts/learn/answers";
import type { State } from "@shirts/learn/tailor";
import type { Sources } from "./given.ts";

type Use = (state: State) => void;

export const answers: Answers<typeof import("./given.ts")> = {
  right: {
    "subscribed, read, and one function for both": {
      async follow({ readState, subscribe }: Sources, use: Use) {
        let highest = 0;
        const hear = (state: State) => {
          if (state.revision > highest) use(state);
          highest = Math.max(highest, state.revision);
        };
        const states = await subscribe();
        hear(await readState());
        for await (const state of states) hear(state);
      },
    },
    "read again after the subscription": {
      async follow({ readState, subscribe }: Sources, use: Use) {
        let state = await readState();
        use(state);
        const states = await subscribe();
        const again = await readState();
        if (again.revision > state.revision) {
          state = again;
          use(state);
        }
        for await (const pushed of states)
          if (pushed.revision > state.revision) {
            state = pushed;
            use(state);
          }
      },
    },
  },
  wrong: {
    "both at once": {
      answer: {
        async follow({ readState, subscribe }: Sources, use: Use) {
          const reading = readState();
          await sleep(2);
          const [state, states] = await Promise.all([reading, subscribe()]);
          use(state);
          for await (const pushed of states) if (pushed.revision > state.revision) use(pushed);
        },
      },
      says: /ends with revision|goes back/,
    },
    "begun first, and awaited last": {
      answer: {
        async follow({ readState, subscribe }: Sources, use: Use) {
          const subscribed = subscribe();
          let state = await readState();
          use(state);
          for await (const pushed of await subscribed) {
            if (pushed.revision <= state.revision) continue;
            state = pushed;
            use(state);
          }
        },
      },
      says: /changes come at 12 ms, and the tailor ends with revision 1; the newest is 2/,
    },
    "it never reads": {
      answer: {
        async follow({ subscribe }: Sources, use: Use) {
          for await (const state of await subscribe()) use(state);
        },
      },
      says: /ends with revision none; the newest is 1/,
    },
    "it never subscribes": {
      answer: { follow: async ({ readState }: Sources, use: Use) => use(await readState()) },
      says: /ends with revision 1; the newest is 2/,
    },
    "subscribed first, and everything is taken": {
      answer: {
        async follow({ readState, subscribe }: Sources, use: Use) {
          const states = await subscribe();
          use(await readState());
          for await (const state of states) use(state);
        },
      },
      says: /goes back, or takes one twice/,
    },
    "it polls": {
      answer: {
        async follow({ readState, subscribe }: Sources, use: Use) {
          let isOpen = true;
          const states = await subscribe();
          go(async () => {
            for await (const _ of states);
            isOpen = false;
          });
          for (let highest = 0; isOpen; await sleep(20)) {
            const state = await readState();
            if (state.revision > highest) use(state);
            highest = Math.max(highest, state.revision);
          }
        },
      },
      says: /reads the table \d+ times/,
    },
    "it waits a little before it subscribes": {
      answer: {
        async follow({ readState, subscribe }: Sources, use: Use) {
          let state = await readState();
          await sleep(20);
          const states = await subscribe();
          use(state);
          for await (const pushed of states) {
            if (pushed.revision <= state.revision) continue;
            state = pushed;
            use(state);
          }
        },
      },
      says: /after his read and before his subscription/,
    },
  },
};
