import type { How } from "./stage.ts";
import type { Report } from "./verdict.ts";

const HOW: Readonly<Record<How, string>> = {
  locks: "PostgreSQL: each order was forced, by holding a session and asking who waits for whom",
  "one session": "one session, as PGlite has it: orders were forced between transactions only",
  repetition: "no query() to hold: orders came by repetition, so a small hole may be missed",
};

/** The report as text: one line for each check, and below a broken one its order of events. */
export function print({ how, findings, isRight }: Report): string {
  const lines = findings.flatMap(({ mark, name, fault, order, note }) => [
    `${mark} ${mark === "✗" ? fault : name}${note ? ` (${note})` : ""}`,
    ...order.map((event, i) => `    ${i + 1} ${event}`),
  ]);
  const number = findings.filter(({ mark }) => mark === "✗").length;
  return [
    HOW[how],
    ...lines,
    isRight ? "the fence holds" : `the fence does not hold: ${number} of ${findings.length}`,
  ].join("\n");
}
