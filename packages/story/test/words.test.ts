import { expect, test } from "vitest";
import {
  type AreaVerdict,
  areaName,
  areas,
  isArea,
  isColour,
  isRight,
  shirtLetter,
  shirts,
  wrongPeople,
} from "../src/index.ts";

test("every shirt has a letter of its own, so that nothing is told by colour alone", () => {
  expect(new Set(shirts.map(shirtLetter)).size).toBe(shirts.length);
});

test("an area's name is written for people", () => {
  expect(areas.map(areaName)).toEqual(["North America", "South America"]);
});

test("names that every object has are no areas", () => {
  expect(isArea("toString")).toBe(false);
  expect(isArea("north-america")).toBe(true);
});

test("nobody can command white", () => {
  expect(isColour("white")).toBe(false);
  expect(isColour("blue")).toBe(true);
});

test("wrong people are those who do not wear the newest command's shirt, the unpainted ones too", () => {
  expect(wrongPeople(10, "blue", { blue: 6, purple: 3, white: 1 })).toBe(4);
  expect(wrongPeople(10, "blue", { blue: 10 })).toBe(0);
});

test("without a command nobody can be wrong", () => {
  expect(wrongPeople(10, undefined, { white: 10 })).toBe(0);
});

test("a world is right when no area has a wrong person", () => {
  const verdict = (wrong: number) => ({ wrong }) as AreaVerdict;
  expect(isRight([verdict(0), verdict(0)])).toBe(true);
  expect(isRight([verdict(0), verdict(1)])).toBe(false);
});
