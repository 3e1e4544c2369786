/** Checks in which a newer command comes while an older write sleeps: held at each place of it, or by repetition. */

import { rounds } from "./repeat.ts";
import { answerOf, NEWER, OLDER, type Place, type Stage } from "./stage.ts";
import { type Check, firstWrong, right, unplayed, type Verdict } from "./verdict.ts";

/**
 * Plays an older write that sleeps at a place, while a newer command is accepted. When `lands`, the newer write comes before it wakes
 * up; else after: SERIALIZABLE may notice the first, and never the second. Answers the order of events if it is wrong.
 */
async function overtaken<Session, Token>(
  stage: Stage<Session, Token>,
  { pause, text }: Place,
  lands: boolean,
): Promise<readonly string[] | undefined> {
  const key = await stage.fresh();
  const [one, two] = [await stage.open(), await stage.open()];
  const token = await stage.accept(key);
  const older = one.begin(
    (session) => answerOf(stage.table.write(session, { key, token, value: OLDER, part: 0 })),
    pause,
  );
  await stage.rests(one, older);
  if (older.outcome) return undefined;

  const accept = two.begin((session) => stage.table.accept(session, key));
  const waits = await stage.rests(two, accept);
  const before = await stage.read(key);
  if (waits) older.wake();
  const newer = { key, token: await stage.ends(accept), value: NEWER, part: 0 };
  const write =
    lands && !waits ? two.begin((session) => answerOf(stage.table.write(session, newer))) : undefined;
  if (write) await stage.rests(two, write);
  const landedFirst = write?.outcome !== undefined && (await stage.ends(write)) === "written";
  older.wake();
  const answer = await stage.ends(older);
  const late = await stage.read(key);
  // Above READ COMMITTED a write may fail because of another one; then it is done again, as a job is.
  if (!write || (await stage.ends(write)) !== "written") await stage.write(newer);
  const end = await stage.read(key);
  const isLate = !waits && before !== OLDER && (answer === "written" || late === OLDER);
  if (end === NEWER && !isLate) return undefined;
  return [
    "an older command is accepted, and its write begins",
    `the write sleeps ${text}`,
    `a newer command is accepted${waits ? ", after it has waited" : ", and waits for nobody"}`,
    ...(landedFirst ? ["the newer write lands"] : []),
    `the older write wakes up, and answers "${answer}"`,
    `the table shows "${(landedFirst ? end : late) ?? "nothing"}", and the newest is "${NEWER}"`,
  ];
}

async function playAt<Session, Token>(stage: Stage<Session, Token>, places: Place[]): Promise<Verdict> {
  const cases = places.flatMap((place) => [true, false].map((lands) => ({ place, lands })));
  return firstWrong(cases, async ({ place, lands }) => {
    const order = await overtaken(stage, place, lands);
    await stage.clear();
    return order;
  });
}

const isBetween = ({ isInTransaction }: Place) => !isInTransaction;
const isLow = ({ isInTransaction, isolation }: Place) => isInTransaction && /^read/.test(isolation);
const isHigh = ({ isInTransaction, isolation }: Place) => isInTransaction && !/^read/.test(isolation);

export const asksAndWritesAtOnce: Check = {
  name: "asks and writes in one transaction",
  fault: "asks first, and writes second",
  async play(stage) {
    if (stage.how === "repetition") return byRepetition(stage);
    return playAt(stage, (await stage.placesInWrite()).filter(isBetween));
  },
};

export const holds: Check = {
  name: "holds what it has compared, at READ COMMITTED",
  fault: "lacks the lock",
  async play(stage) {
    if (stage.how === "repetition")
      return unplayed("without statements to hold this is the same question as the one before");
    const places = (await stage.placesInWrite()).filter(isLow);
    if (places.length === 0) return right("no write of it is at READ COMMITTED");
    return stage.how === "locks" ? playAt(stage, places) : oneSession;
  },
};

export const trustsNoLevel: Check = {
  name: "holds it also above READ COMMITTED",
  fault: "thinks that SERIALIZABLE is enough",
  async play(stage) {
    if (stage.how === "repetition") return unplayed("this store has no levels of isolation");
    const places = (await stage.placesInWrite()).filter(isHigh);
    if (places.length === 0) return right("no write of it is above READ COMMITTED");
    return stage.how === "locks" ? playAt(stage, places) : oneSession;
  },
};

export const oneSession = unplayed(
  "PGlite has one session: nothing comes into a transaction. Ask again with a PostgreSQL",
);

/** An older write and a newer command with its write, at once. Nothing is held, so a hole that is small may be missed. */
async function byRepetition<Session, Token>(stage: Stage<Session, Token>): Promise<Verdict> {
  return rounds(stage.rounds, async (jitter) => {
    const key = await stage.fresh();
    const [one, two] = [await stage.open(), await stage.open()];
    const token = await stage.accept(key);
    const older = jitter().then(() =>
      answerOf(stage.table.write(one.session, { key, token, value: OLDER, part: 0 })),
    );
    await jitter();
    const newer = await stage.table.accept(two.session, key);
    await stage.table.write(two.session, { key, token: newer, value: NEWER, part: 0 });
    const answer = await older;
    const end = await stage.read(key);
    await stage.clear();
    if (end === NEWER) return undefined;
    return [
      "an older write begins",
      "a newer command is accepted, and its write lands",
      `the older write answers "${answer}"`,
      `the table shows "${end ?? "nothing"}"`,
    ];
  });
}
