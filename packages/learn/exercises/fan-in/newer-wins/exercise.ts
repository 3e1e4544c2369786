import { chan } from "@shirts/chan";
import { ending } from "@shirts/learn/ending";
import { exercise } from "@shirts/learn/exercise";
import type { State } from "@shirts/learn/tailor";

const state = (shirt: State["shirt"], revision: number): State => ({ shirt, revision });

interface Case {
  readonly first: State;
  readonly pushed: readonly State[];
  /** The revisions that are used, in order. */
  readonly used: readonly number[];
  readonly why: string;
}

const cases: readonly Case[] = [
  {
    first: state("purple", 1),
    pushed: [state("blue", 2), state("green", 3)],
    used: [1, 2, 3],
    why: "each is newer than the one before",
  },
  {
    first: state("blue", 2),
    pushed: [state("purple", 1), state("green", 3)],
    used: [2, 3],
    why: "PURPLE 1 comes late: the table has said BLUE 2 already",
  },
  { first: state("blue", 2), pushed: [state("blue", 2)], used: [2], why: "he knew this one from the table" },
  {
    first: state("purple", 1),
    pushed: [state("blue", 2), state("purple", 3)],
    used: [1, 2, 3],
    why: "the president wants PURPLE again, and that is news",
  },
  {
    first: state("purple", 1),
    pushed: [state("purple", 3), state("blue", 2)],
    used: [1, 3],
    why: "the newer one has the same shirt as before, and still BLUE 2 is older",
  },
  { first: state("purple", 9), pushed: [state("blue", 10)], used: [9, 10], why: "10 is newer than 9" },
];

export const newerWins = exercise({
  task: `The tailor has read the table, and then hears changes. One may come twice, and an older one may come late.
Change one line, so that he never goes back to an older state.`,
  law: "a state is used exactly when it is newer than all before it",
  hints: [
    "What makes one state newer than another? Not the shirt.",
    "Each state has a `revision`, which rises by one with each change.",
    "`if (pushed.revision <= state.revision) continue;`",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  async run({ follow }, print) {
    const states = chan<State>(3);
    for (const one of [state("purple", 1), state("green", 3)]) await states.send(one);
    states.close();
    await follow(state("blue", 2), states, ({ shirt, revision }) =>
      print(`uses ${shirt.toUpperCase()} ${revision}`),
    );
  },
  async complaint({ follow }) {
    for (const { first, pushed, used, why } of cases) {
      const got: number[] = [];
      const stopped = await ending(async () => {
        const states = chan<State>(pushed.length);
        for (const one of pushed) await states.send(one);
        states.close();
        await follow(first, states, ({ revision }) => got.push(revision));
      });
      const story = `the table says ${first.shirt.toUpperCase()} ${first.revision}, the exchange ${pushed.map((one) => `${one.shirt.toUpperCase()} ${one.revision}`).join(", ")}`;
      if (stopped) return `${story}: ${stopped}`;
      if (`${got}` !== `${used}`)
        return `${story}: he uses ${got.join(", ") || "nothing"}, and it should be ${used.join(", ")}: ${why}`;
    }
    return undefined;
  },
});
