/** What `npm test` by itself leaves out, and that CI leaves out nothing. */
import { expect, test } from "vitest";
import { choose } from "../src/gate/choice.ts";
import { shortRun } from "../src/gate/short.ts";

const whole = choose([], ["chan"]);

test("npm test by itself is short; what is set already stays", () => {
  expect(shortRun({}, whole)).toMatchObject({ SHORT_TESTS: "1", SHIRTS_SERVERS: "none" });
  const { CHAN_PROGRAMS, ...rest } = shortRun({}, whole);
  expect(Number(CHAN_PROGRAMS)).toBeGreaterThan(0);
  expect(shortRun({ CHAN_PROGRAMS: "20000" }, whole)).toEqual(rest);
});

test.each([{ CI: "true" }, { REQUIRE_SERVICES: "1" }])("%j leaves out nothing", (env) => {
  expect(shortRun(env, whole)).toEqual({});
});

test("who names a package gets all of its tests", () => {
  expect(shortRun({}, choose(["chan"], ["chan"]))).toEqual({});
});
