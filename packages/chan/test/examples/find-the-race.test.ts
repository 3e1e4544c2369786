/** The page docs/find-the-race.md, as tests of vitest. */

import { bubble, explore } from "@shirts/chan/testing";
import { expect, test } from "vitest";
import { play } from "./program.ts";
import { byRace, bySelect } from "./worker.ts";

// #region once
test("once, all that was handed over is painted", async () => {
  const { sent, painted } = await bubble(() => play(byRace));
  expect(painted).toEqual(sent);
});
// #endregion once

// #region all
test("in every order, all that was handed over is painted", async () => {
  const { orders } = await explore(async () => {
    const { sent, painted } = await play(bySelect);
    expect(painted).toEqual(sent);
  });
  expect(orders).toBe(68);
});
// #endregion all

test("with Promise.race a job is lost in some order: it was handed over, and nobody paints it", async () => {
  const broken = explore(async () => {
    const { sent, painted } = await play(byRace);
    expect(painted).toEqual(sent);
  });
  await expect(broken).rejects.toMatchObject({ kind: "error", cause: { actual: [], expected: ["PURPLE"] } });
});
