/** The outbox with a fault in it, for tests that must see it. */
import { begin, waiting } from "../../src/outbox-sql.ts";

function changed(text: string, part: string, into: string): string {
  const broken = text.replace(part, into);
  if (broken === text) throw new Error(`there is no "${part}" any more: break it elsewhere`);
  return broken;
}

/** Who has waited for five seconds, by two clocks: the one of the command's time and the one of now. */
export const byTheClock = (): string =>
  changed(waiting, "NOT given_up", "NOT given_up AND accepted_at <= clock_timestamp() - interval '5 s'");

/** A killed attempt counts for ever, whatever has landed since. */
export const neverReset = (): string => changed(begin, "JOIN progress USING (landed)", "");
