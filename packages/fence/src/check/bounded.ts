/** Whether a command that waits is passed by writes that ask after it. */
import type { Executor, Move } from "./executor.ts";
import { oneSession } from "./orders.ts";
import { answerOf, OLDER, type Place, type Stage } from "./stage.ts";
import { type Check, right, type Verdict, wrong } from "./verdict.ts";

export const isBounded: Check = {
  name: "lets a command wait for the writes before it, and for none that asks later",
  fault: "lets a command starve behind overlapping writes",
  async play(stage) {
    if (stage.how === "repetition") return byCounting(stage);
    if (stage.how === "one session") return oneSession;
    const places = (await stage.placesInWrite()).filter(({ isInTransaction }) => isInTransaction);
    const last = places.at(-1);
    if (!last) return right("a write holds nothing");
    const verdict = await overlapping(stage, last);
    await stage.clear();
    return verdict;
  },
};

/**
 * A write sleeps before its commit, a command waits for it, and a later write of another part comes: does the command wait for
 * this one, too? Then writes that overlap could go on for ever.
 */
async function overlapping<Session, Token>(stage: Stage<Session, Token>, { pause }: Place): Promise<Verdict> {
  const key = await stage.fresh();
  const token = await stage.accept(key);
  const [one, two, three] = [await stage.open(), await stage.open(), await stage.open()];
  const write = (executor: Executor<Session>, part: number): Move<unknown> =>
    executor.begin(
      (session) => answerOf(stage.table.write(session, { key, token, value: OLDER, part })),
      pause,
    );

  const first = write(one, 0);
  await stage.rests(one, first);
  const accept = two.begin((session) => stage.table.accept(session, key));
  const waits = await stage.rests(two, accept);
  const later = write(three, 1);
  await stage.rests(three, later);
  first.wake();
  await stage.ends(first);
  // The later write may have waited for the first one, and not for the command.
  await stage.rests(three, later);
  const isPassed = waits && (await stage.rests(two, accept)) && later.sleepsBefore !== undefined;
  later.wake();
  await stage.ends(accept);
  await stage.ends(later);
  if (!waits) return right("a command waits for nobody");
  if (!isPassed) return right();
  return wrong([
    "a write sleeps before its commit",
    "a command waits for it",
    "another write of the older command begins, and does not wait behind the command",
    "the first write ends, and the command waits for the second: so it goes on as long as writes overlap",
  ]);
}

const WRITERS = 4;
const PASSED_MAX = 1000;

/** Writers without a pause, and a command among them. */
async function byCounting<Session, Token>(stage: Stage<Session, Token>): Promise<Verdict> {
  const key = await stage.fresh();
  const token = await stage.accept(key);
  let passed = 0;
  let isOver = false;
  const writers = Array.from({ length: WRITERS }, async (_, part) => {
    const { session } = await stage.open();
    while (!isOver) {
      await answerOf(stage.table.write(session, { key, token, value: OLDER, part }));
      if (++passed > PASSED_MAX) isOver = true;
    }
  });
  const executor = await stage.open();
  passed = 0;
  await stage.table.accept(executor.session, key);
  const isPassed = isOver;
  isOver = true;
  await Promise.all(writers);
  await stage.clear();
  if (!isPassed)
    return {
      ...right(),
      note: `by counting: ${passed} writes were done meanwhile, of ${PASSED_MAX} at most`,
    };
  return wrong([
    `${WRITERS} writers write without a pause`,
    `a command asks, and is not accepted before ${PASSED_MAX} writes are done`,
  ]);
}
