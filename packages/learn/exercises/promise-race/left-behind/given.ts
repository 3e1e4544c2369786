/** Three ways to take the next shirt. Purple is busy and blue is silent. How many receives stand at the silent chan afterwards? */
import { type RecvChan, receiving, select } from "@shirts/chan";

type Next = (purple: RecvChan<string>, blue: RecvChan<string>) => Promise<unknown>;

/** Your predictions: receives that are left at the silent chan when each way was called `turns` times. */
export const leftBehind = {
  race: (turns: number): number => -turns,
  keep: (turns: number): number => -turns,
  select: (turns: number): number => -turns,
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
