/**
 * Three ways to take the next shirt from one of two chans.
 *
 * Promise.race chooses among *answers*: both chans have been asked already, and the loser cannot be taken back.
 * select chooses among *questions*: only the case that wins receives at all.
 */
import { type Chan, receiving, select } from "@shirts/chan";

export interface Sources {
  readonly purple: Chan<string>;
  readonly blue: Chan<string>;
}
/** Resolves to the next value of either source; `undefined` when one is closed and drained. */
export type Next = (from: Sources) => Promise<string | undefined>;

// #region race
export const byRace: Next = async ({ purple, blue }) => {
  const [value] = await Promise.race([purple.recv(), blue.recv()]);
  return value;
};
// #endregion race

// #region keep
/** The repair that comes to mind: keep the loser's promise, and race it again next time. */
export function keepingLosers(): Next {
  let purple: Promise<readonly ["purple", string | undefined]> | undefined;
  let blue: Promise<readonly ["blue", string | undefined]> | undefined;
  return async (from) => {
    purple ??= from.purple.recv().then(([value]) => ["purple", value]);
    blue ??= from.blue.recv().then(([value]) => ["blue", value]);
    const [winner, value] = await Promise.race([purple, blue]);
    if (winner === "purple") purple = undefined;
    else blue = undefined;
    return value;
  };
}
// #endregion keep

// #region select
export const bySelect: Next = async ({ purple, blue }) => {
  const it = await select({ purple: receiving(purple), blue: receiving(blue) });
  return it.value;
};
// #endregion select
