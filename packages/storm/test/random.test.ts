import { expect, test } from "vitest";
import { random } from "../src/random.ts";

const draws = (seed: number) => {
  const dice = random(seed);
  return Array.from({ length: 50 }, () => dice.int(1, 6));
};

test("the same seed gives the same chances", () => {
  expect(draws(7)).toEqual(draws(7));
  expect(draws(7)).not.toEqual(draws(8));
});

test("both ends of a range can come", () => {
  expect(new Set(draws(7))).toEqual(new Set([1, 2, 3, 4, 5, 6]));
});

test("to pick from nothing is an error", () => {
  expect(() => random(1).pick([])).toThrow("nothing to pick from");
});
