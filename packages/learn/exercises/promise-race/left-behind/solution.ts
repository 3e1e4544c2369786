/** Three ways to take the next shirt. Purple is busy and blue is silent. How many receives stand at the silent chan afterwards? */
import { type RecvChan, receiving, select } from "@shirts/chan";

type Next = (purple: RecvChan<string>, blue: RecvChan<string>) => Promise<unknown>;

/** A race asks anew each time. One that keeps its loser has asked once. A select takes its question back. */
export const leftBehind = {
  race: (turns: number): number => turns,
  keep: (_turns: number): number => 1,
  select: (_turns: number): number => 0,
};

/** The three ways. Change nothing here: the judge plays its own copy. */
export const ways: Readonly<Record<keyof typeof leftBehind, () => Next>> = {
  race: () => (purple, blue) => Promise.race([purple.recv(), blue.recv()]),
  keep() {
    let kept: Promise<unknown> | undefined;
    return (purple, blue) => {
      kept ??= blue.recv();
      return Promise.race([purple.recv(), kept]);
    };
  },
  select: () => (purple, blue) => select({ purple: receiving(purple), blue: receiving(blue) }),
};
