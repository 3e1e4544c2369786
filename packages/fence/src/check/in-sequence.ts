/** Checks that need no two things at once: one function after the other. They are the same on every store. */
import { answerOf, firstLine, NEWER, OLDER, type Stage } from "./stage.ts";
import type { Write } from "./table.ts";
import { type Check, right, unplayed, wrong } from "./verdict.ts";

const ACCEPTED = "an older and then a newer command is accepted";

/** Plays one key with an older and a newer command. */
async function twoCommands<Session, Token>(stage: Stage<Session, Token>) {
  const key = await stage.fresh();
  const older = await stage.accept(key);
  const newest = { key, token: await stage.accept(key), value: NEWER, part: 0 };
  return {
    key,
    newest,
    writeOlder: () => stage.write({ key, token: older, value: OLDER, part: 0 }),
    writeNewer: () => stage.write(newest),
  };
}

const shows = (value: string | undefined) =>
  `the table shows ${value === undefined ? "nothing" : `"${value}"`}`;

export const NOT_EVEN_THE_NEWEST = "lets not even the newest through";
const NO_ROW = "has a new key no row yet? Give `fresh`, which makes one";
const WRITES = 'answers "written"';

/** The first write of all, in words: an error of it is told, since it is often one of setting up. */
async function firstOfAll<Session, Token>(
  stage: Stage<Session, Token>,
  write: Write<Token>,
): Promise<string> {
  let thrown: string | undefined;
  const answer = await answerOf(
    stage
      .with(async (session) => stage.table.write(session, write))
      .catch((error: unknown) => {
        thrown = `throws: ${firstLine(error)}`;
        throw error;
      }),
  );
  if (thrown !== undefined) await stage.recover();
  return thrown ?? `answers "${answer}"`;
}

export const compares: Check = {
  name: "refuses an older write, and lets the newest through",
  fault: "compares nothing",
  async play(stage) {
    const { key, newest, writeOlder } = await twoCommands(stage);
    const did = await firstOfAll(stage, newest);
    const after = await stage.read(key);
    if (did !== WRITES || after !== NEWER) {
      const verdict = wrong([ACCEPTED, `the newer write ${did}`, shows(after)], NOT_EVEN_THE_NEWEST);
      return stage.table.fresh ? verdict : { ...verdict, note: NO_ROW };
    }
    const answer = await writeOlder();
    const end = await stage.read(key);
    if (answer !== "written" && end === NEWER) return right();
    return wrong([ACCEPTED, "the newer write lands", `the older write answers "${answer}"`, shows(end)]);
  },
};

export const beginsAnew: Check = {
  name: "gives no number twice, also when the table begins anew",
  fault: "counts anew",
  async play(stage) {
    const { beginAnew } = stage.table;
    if (!beginAnew)
      return unplayed("give `beginAnew`: restore a backup, truncate, with all that your runbook says");
    const anew = () => stage.with((session) => beginAnew(session));
    const key = await stage.fresh();
    // Whatever was counted before: from here on it is the same twice.
    await anew();
    const zombie = await stage.accept(key);
    await anew();
    for (let commands = 1; commands <= 3; commands++) {
      const token = await stage.accept(key);
      await stage.write({ key, token, value: NEWER, part: 0 });
      const answer = await stage.write({ key, token: zombie, value: OLDER, part: 1 });
      const first = await stage.write({ key, token: zombie, value: OLDER, part: 0 });
      if (answer === "written" || first === "written")
        return wrong([
          `a command is accepted: ${JSON.stringify(zombie)}`,
          "the table begins anew",
          `newer commands are accepted; number ${commands} is ${JSON.stringify(token)}`,
          'the write of the first one, a zombie, answers "written"',
        ]);
    }
    return right();
  },
};

export const absent: Check = {
  name: "keeps the fence where nothing was written yet, and where it was removed",
  fault: "forgets the fence on insert or delete",
  async play(stage) {
    const { key, writeNewer, writeOlder } = await twoCommands(stage);
    const inserted = await writeOlder();
    if (inserted === "written")
      return wrong([ACCEPTED, "nothing is written yet", 'the older write answers "written"']);
    const { remove } = stage.table;
    if (!remove) return right("insert only: give `remove` for the other half");
    await writeNewer();
    const removing = await stage.accept(key);
    await stage.with((session) => remove(session, key, removing));
    const answer = await writeOlder();
    const end = await stage.read(key);
    if (answer !== "written" && end === undefined) return right();
    return wrong([
      ACCEPTED,
      "the newer write lands",
      "one that is newer still removes the data",
      `the older write comes, and answers "${answer}"`,
      shows(end),
    ]);
  },
};

const HOUR_MS = 3_600_000;

/** Does `work` in a process whose clock is wrong. */
async function withClock<T>(aheadMs: number, work: () => Promise<T>): Promise<T> {
  const RightDate = Date;
  class WrongDate extends RightDate {
    constructor(...args: ConstructorParameters<typeof Date> | []) {
      super(...((args.length === 0 ? [WrongDate.now()] : args) as ConstructorParameters<typeof Date>));
    }
    static override now(): number {
      return RightDate.now() + aheadMs;
    }
  }
  globalThis.Date = WrongDate as DateConstructor;
  return work().finally(() => {
    globalThis.Date = RightDate;
  });
}

export const comparesNoClock: Check = {
  name: "compares no clock",
  fault: "compares a clock",
  async play(stage) {
    for (const [aheadMs, words] of [
      [HOUR_MS, "an hour ahead"],
      [-HOUR_MS, "an hour behind"],
    ] as const) {
      const key = await stage.fresh();
      const wrongly = <T>(work: () => Promise<T>) => withClock(aheadMs, work);
      const older = await wrongly(() => stage.accept(key));
      const newer = await stage.accept(key);
      const begin = [
        `an older command is accepted by a machine whose clock is ${words}`,
        "a newer one by another machine",
      ];
      const newest = await stage.write({ key, token: newer, value: NEWER, part: 0 });
      if (newest !== "written") return wrong([...begin, `the newest write answers "${newest}"`]);
      const answer = await wrongly(() => stage.write({ key, token: older, value: OLDER, part: 0 }));
      if (answer === "written")
        return wrong([...begin, "the newer write lands", 'the older write answers "written"']);
      const newest2 = await stage.accept(key);
      const late = await wrongly(() => stage.write({ key, token: newest2, value: NEWER, part: 0 }));
      if (late !== "written")
        return wrong([
          `the newest command is written by a machine whose clock is ${words}`,
          `it answers "${late}"`,
        ]);
    }
    return right("the clock of the process was moved, not the database's");
  },
};
