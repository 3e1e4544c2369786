/** Checks about two who do the same: two commands at once, two executors of one, and one after a crash. */
import type { Executor } from "./executor.ts";
import { oneSession } from "./orders.ts";
import { rounds } from "./repeat.ts";
import { answerOf, NEWER, type Place, type Stage } from "./stage.ts";
import { type Check, firstWrong, right, unplayed, type Verdict, wrong } from "./verdict.ts";

const isSame = (one: unknown, two: unknown) => JSON.stringify(one) === JSON.stringify(two);

/** Places where another session can come in. */
const open = (stage: { how: string }, places: Place[]) =>
  places.filter(({ isInTransaction }) => stage.how === "locks" || !isInTransaction);

/** Two executors, the first of which sleeps at a place while the second one does the same. Answers what both got. */
async function both<Session, Token, T>(
  stage: Stage<Session, Token>,
  { pause }: Place,
  work: (session: Session) => Promise<T>,
): Promise<(T | undefined)[]> {
  const [one, two] = [await stage.open(), await stage.open()];
  const first = one.begin(work, pause);
  await stage.rests(one, first);
  const second = two.begin(work);
  await stage.rests(two, second);
  first.wake();
  const outcomes = [await stage.over(first), await stage.over(second)];
  await stage.clear();
  return outcomes.map((outcome) => ("value" in outcome ? outcome.value : undefined));
}

const sameToken = (token: unknown, how: string) => [
  `two commands are accepted at once${how}`,
  `both are told the same: ${JSON.stringify(token)}`,
];
const writtenTwice = (how: string) => [
  "two executors have the same command",
  `both write the same part of it${how}`,
  'both are told "written"',
];

/** The newest, taken for an older one. */
const taken = [
  "the newest command writes a part",
  "the same part of it comes again, as after a retry",
  'it is told "refused", as an older one: who completes then leaves the rest undone',
];

export const tellsTwo: Check = {
  name: "tells two executors apart, or tells the second one",
  fault: "takes one revision for two",
  async play(stage) {
    const { table } = stage;
    const key = await stage.fresh();
    const token = await stage.accept(key);
    const write = { key, token, value: NEWER, part: 0 };
    await stage.write(write);
    const second = await stage.repeat(write);
    if (second === "written") return wrong(writtenTwice(", one after the other"));
    if (second === "refused") return wrong(taken);
    if (stage.how === "repetition") return twiceByRepetition(stage);

    const inAccept = open(stage, await stage.placesInAccept());
    const cases = inAccept.flatMap((place) => [true, false].map((isKnown) => ({ place, isKnown })));
    const accepts = await firstWrong(cases, async ({ place, isKnown }) => {
      const key = await stage.fresh();
      if (isKnown) await stage.accept(key);
      const [one, two] = await both(stage, place, (session) => table.accept(session, key));
      return one !== undefined && isSame(one, two) ? sameToken(one, `, one sleeps ${place.text}`) : undefined;
    });
    if (accepts.mark === "✗") return accepts;
    return firstWrong(open(stage, await stage.placesInWrite()), async (place) => {
      const key = await stage.fresh();
      const write = { key, token: await stage.accept(key), value: NEWER, part: 0 };
      const answers = await both(stage, place, (session) => answerOf(table.write(session, write)));
      return answers.every((answer) => answer === "written")
        ? writtenTwice(`, one sleeps ${place.text}`)
        : undefined;
    });
  },
};

function twiceByRepetition<Session, Token>(stage: Stage<Session, Token>): Promise<Verdict> {
  return rounds(stage.rounds, async (jitter) => {
    const key = await stage.fresh();
    const [one, two] = [await stage.open(), await stage.open()];
    const later = <T>(work: () => Promise<T>) => jitter().then(work);
    const tokens = await Promise.all(
      [one, two].map(({ session }) => later(() => stage.table.accept(session, key))),
    );
    const write = { key, token: await stage.accept(key), value: NEWER, part: 0 };
    const answers = await Promise.all(
      [one, two].map(({ session }) => later(() => answerOf(stage.table.write(session, write)))),
    );
    await stage.clear();
    if (isSame(tokens[0], tokens[1])) return sameToken(tokens[0], "");
    return answers.every((answer) => answer === "written") ? writtenTwice(" at once") : undefined;
  });
}

/** A write whose process is gone at a place, and another executor that has the same command again. */
async function afterCrash<Session, Token>(
  stage: Stage<Session, Token>,
  { pause, text }: Place,
): Promise<readonly string[] | undefined> {
  const key = await stage.fresh();
  const write = { key, token: await stage.accept(key), value: NEWER, part: 0 };
  const one: Executor<Session> = await stage.open();
  const move = one.begin((session) => stage.table.write(session, write), pause);
  await stage.rests(one, move);
  if (move.outcome) return undefined;
  await one.crash(move);
  await stage.gone(one);
  await stage.over(move);
  const left = await stage.read(key);
  const answer = await stage.write(write);
  const end = await stage.read(key);
  const order = [
    "a command is accepted, and its write begins",
    `its process dies ${text}; it leaves ${left === NEWER ? "the data written" : "nothing written"}`,
    `the job comes again, and its write answers "${answer}"`,
  ];
  if (end !== NEWER) return [...order, "the data is not written, and nobody comes any more"];
  return left === NEWER && answer === "written"
    ? [...order, "it is done twice, and nobody is told"]
    : undefined;
}

export const survivesCrash: Check = {
  name: "writes data and progress together, so that a crash between loses nothing",
  fault: "loses progress on a crash between",
  async play(stage) {
    if (stage.how === "repetition") return unplayed("nothing can be killed in the middle here");
    const places = (await stage.placesInWrite()).filter(({ pause }) => !pause.isInStatement);
    if (stage.how === "one session" && places.some(({ isInTransaction }) => isInTransaction))
      return oneSession;
    const verdict = await firstWrong(places, (place) => afterCrash(stage, place));
    await stage.clear();
    return verdict.mark === "✓" && places.length === 0 ? right("a write is one statement") : verdict;
  },
};
