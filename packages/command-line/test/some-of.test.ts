import { afterEach, expect, test, vi } from "vitest";
import { someOf } from "../src/testing/index.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

test("a short run gets the first cases", () => {
  vi.stubEnv("SHORT_TESTS", "1");
  expect(someOf(2, ["a", "b", "c"])).toEqual(["a", "b"]);
});

test.each([undefined, "", "0"])("with SHORT_TESTS=%j it is all of them", (value) => {
  vi.stubEnv("SHORT_TESTS", value);
  expect(someOf(2, ["a", "b", "c"])).toEqual(["a", "b", "c"]);
});
