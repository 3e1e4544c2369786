/** The law of a fenced step: it lands with the newest token only, and BLUE is accepted before it or after it, never in the middle. */
import type { Print } from "@shirts/learn";
import type { Order, Query } from "@shirts/learn/sql";
import { pgliteTrack } from "./pglite-track.ts";
import { AREA, PEOPLE, type Raced, raceEachGate, type Track } from "./race.ts";

export type Step = (query: Query, order: Order, person: number) => Promise<boolean>;

const PERSON = 1;
const purple = (revision: number): Order => ({ area: AREA, shirt: "purple", revision });

/** What a race shows when nobody comes in between. */
function ofAlone(raced: Raced<boolean>, shouldPaint: boolean, why: string): string | undefined {
  const { result, error, shirts, others } = raced;
  if (error) return `${why}, and the database says: ${error}`;
  const isPainted = shirts[PERSON] === "purple";
  if (others.some((shirt) => shirt !== "white"))
    return `${why}: the step painted people of another area, too`;
  if (shirts.some((shirt, person) => person !== PERSON && shirt !== "white"))
    return `${why}: the step is for person ${PERSON}, and it painted ${shirts.filter((shirt) => shirt === "purple").length} of ${PEOPLE}`;
  if (isPainted && !shouldPaint)
    return `${why}, and the step painted PURPLE all the same: the fence let it pass`;
  if (!isPainted && shouldPaint)
    return `${why}, and the step painted nobody: a fence that refuses the newest order stops all work`;
  if (result !== isPainted)
    return `${why}: the step ${isPainted ? "painted" : "painted nobody"}, and it answers ${result}. The worker believes that, and ${isPainted ? "stops" : "goes on"}`;
  return undefined;
}

export async function complaintOfStep(step: Step, track: Track = pgliteTrack): Promise<string | undefined> {
  const alone = async (newest: number, token: number, shouldPaint: boolean, why: string) =>
    ofAlone(await track.race((query) => step(query, purple(token), PERSON), 0, newest), shouldPaint, why);
  const first =
    (await alone(1, 1, true, "PURPLE has token 1, and the newest is 1")) ??
    (await alone(7, 7, true, "PURPLE has token 7, and the newest is 7")) ??
    (await alone(2, 1, false, "PURPLE has token 1, and the newest is 2")) ??
    (await alone(7, 8, false, "PURPLE has token 8, which the table has never given: the newest is 7"));
  if (first) return first;
  for await (const raced of raceEachGate(track, (query) => step(query, purple(1), PERSON))) {
    const { came, error, shirts, result, revision } = raced;
    if (error) return `BLUE comes in the middle, and the database says: ${error}`;
    const isPainted = shirts[PERSON] === "purple";
    if (came === "between" && isPainted)
      return "BLUE is accepted between the look and the commit, and the step of PURPLE lands after it. Nothing held the area's row meanwhile: a look is true when it is made, and old when it is used";
    if (result !== isPainted)
      return `BLUE comes in the middle: the step ${isPainted ? "painted" : "painted nobody"}, and it answers ${result}`;
    if (revision !== 2)
      return `BLUE is accepted, so the newest token is 2, and in the end the table says ${revision}: a step must not change it`;
  }
  return undefined;
}

/** For the reader: nobody in between, and then BLUE at each gate. */
export async function tellStep(step: Step, print: Print): Promise<void> {
  const alone = await pgliteTrack.race((query) => step(query, purple(1), PERSON), 0);
  print("gates: before each statement, at the person that is painted, and before the commit");
  print(`alone: it answers ${alone.result ?? alone.error}, people wear ${alone.shirts.join(", ")}`);
  for await (const { at, came, result, error, shirts } of raceEachGate(pgliteTrack, (query) =>
    step(query, purple(1), PERSON),
  ))
    print(
      `BLUE comes at gate ${at}: ${came === "between" ? "accepted at once" : "waits until the step is over"}; the step answers ${result ?? error}, people wear ${shirts.join(", ")}`,
    );
}
