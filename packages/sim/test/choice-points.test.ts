import { expect, test } from "vitest";
import { Walk } from "../src/choice-points.ts";

/** A small machine: coins are thrown, then the events a and b come in any order, and `wrong` says which runs break the law. */
function count(coins: number, wrong: (coins: readonly number[], order: string) => boolean) {
  const walk = new Walk(1, 0, true);
  for (;;) {
    const thrown: number[] = [];
    for (let i = 0; i < coins; i++)
      thrown.push(walk.choose({ ways: 2, events: 0, isCoin: true, label: () => "" }) ?? 0);
    const ways = ["a", "b"];
    const label = (way: number): string => ways[way] ?? "";
    const way = walk.choose({ ways: 2, events: 0, isCoin: false, label, key: () => `${thrown}` });
    const order = way === undefined ? "" : `${ways.splice(way, 1)}`;
    if (way !== undefined) walk.choose({ ways: 1, events: 1, isCoin: false, label });
    const isWrong = wrong(thrown, order);
    const all = walk.end(2, { text: String(isWrong), broken: [isWrong] });
    if (all) return { ways: all.ways, wrong: all.broken[0], choices: all.shortest?.choices };
  }
}

test("a coin whose outcomes lead to the same events and ends is no choice", () => {
  expect(count(0, (_, order) => order === "b")).toEqual({ ways: 2, wrong: 1, choices: [1] });
  expect(count(1, (_, order) => order === "b")).toEqual({ ways: 2, wrong: 1, choices: [0, 1] });
  expect(count(3, (_, order) => order === "b")).toEqual({ ways: 2, wrong: 1, choices: [0, 0, 0, 1] });
});

test("planted: a coin that decides the end is counted", () => {
  expect(count(1, ([coin]) => coin === 1)).toEqual({ ways: 4, wrong: 2, choices: [1, 0] });
});

test("of two coins only the one that matters is counted", () => {
  expect(count(2, ([, second]) => second === 1)).toMatchObject({ ways: 4, wrong: 2 });
  expect(count(2, ([first], order) => first === 1 && order === "a")).toMatchObject({ ways: 4, wrong: 1 });
});
