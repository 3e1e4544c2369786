import { exercise } from "@shirts/learn/exercise";
import type { Query } from "@shirts/learn/sql";
import { pgliteTrack } from "../../support/pglite-track.ts";
import { AREA, raceEachGate, type Track } from "../../support/race.ts";

type Accept = (query: Query, area: string) => Promise<number>;

export async function complaintOfAccept(
  accept: Accept,
  track: Track = pgliteTrack,
): Promise<string | undefined> {
  for (const newest of [1, 41]) {
    const { result, error, revision } = await track.race((query) => accept(query, AREA), 0, newest);
    if (error) return `the database says: ${error}`;
    if (result !== newest + 1)
      return `the newest token is ${newest}, nobody else is there, and \`accept\` answers ${result}: it should be ${newest + 1}`;
    if (revision !== result)
      return `\`accept\` answers ${result}, and the table says ${revision}: a token counts when it is in the table`;
  }
  for await (const { result, error, token, revision, isShared } of raceEachGate(
    track,
    (query) => accept(query, AREA),
    1,
  )) {
    if (error) return `another president comes in the middle, and the database says: ${error}`;
    if (result === token)
      return `two presidents at once, and both have token ${token}: two orders that no fence can tell apart, so the older one may paint over the newer one`;
    if (revision !== 3)
      return `two presidents have accepted, the tokens are ${result} and ${token}, and the table says ${revision}: it should be 3`;
    if (isShared)
      return "the row is held in a way that two presidents may share: each then waits until the other lets it go, and the database ends one of them (a deadlock). Who reads in order to write holds the row alone: FOR UPDATE";
  }
  return undefined;
}

export const twoPresidents = exercise({
  task: `Two presidents accept at the same time. Each reads, adds one and writes, and both get the same token.
Write \`accept\` so that each token is given once, whoever comes in between.`,
  law: "each token is given once, and the table holds the newest one",
  hints: [
    "Between the read and the write another president may come. Either nothing is in between, or the row is held.",
    "An UPDATE can count by itself: `SET revision = revision + 1`.",
    "An UPDATE can answer like a SELECT, too: `RETURNING revision`.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  // A database is opened for it: two seconds, and more on a busy machine.
  seconds: 60,
  async run({ accept }, print) {
    for await (const { at, result, error, token, revision } of raceEachGate(pgliteTrack, (query) =>
      accept(query, AREA),
    ))
      print(
        `another president comes at gate ${at}: your token ${result ?? error}, his token ${token}, the table says ${revision}`,
      );
  },
  complaint: ({ accept }) => complaintOfAccept(accept),
});
