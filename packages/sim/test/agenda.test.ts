import { expect, test } from "vitest";
import { type Due, TimedAgenda } from "../src/agenda.ts";

function due(label: string, at: number, lane = label, owner?: object): Due {
  return { at, label, lane, owner, to: undefined, run() {} };
}

function order(agenda: TimedAgenda): string[] {
  const labels: string[] = [];
  for (let next = agenda.next(); next; next = agenda.next()) labels.push(`${next.label} at ${next.at}`);
  return labels;
}

test("what is due first happens first; at the same time, what was added first", () => {
  const agenda = new TimedAgenda();
  for (const one of [due("b", 5), due("c", 5), due("a", 1), due("d", 9)]) agenda.add(one);
  expect(order(agenda)).toEqual(["a at 1", "b at 5", "c at 5", "d at 9"]);
});

test("a later message of a connection does not overtake an earlier one, also when that has arrived", () => {
  const agenda = new TimedAgenda();
  for (const one of [due("slow", 9, "lane"), due("fast", 2, "lane"), due("other", 3)]) agenda.add(one);
  expect(order(agenda)).toEqual(["other at 3", "slow at 9", "fast at 9"]);
  agenda.add(due("last", 4, "lane"));
  expect(order(agenda)).toEqual(["last at 9"]);
});

test("nothing reaches who is gone", () => {
  const agenda = new TimedAgenda();
  const gone = {};
  for (const one of [due("a", 1, "a", gone), due("b", 2), due("c", 3, "c", gone)]) agenda.add(one);
  agenda.drop(gone);
  expect(order(agenda)).toEqual(["b at 2"]);
});
