/** The same with node:test: `node --import tsx --test test/examples/find-the-race.node.ts`. */

// #region node
import { deepEqual, rejects } from "node:assert/strict";
import { test } from "node:test";
import { explore } from "@shirts/chan/testing";
import { play } from "./program.ts";
import { byRace, bySelect, type Worker } from "./worker.ts";

async function isPainted(worker: Worker): Promise<void> {
  const { sent, painted } = await play(worker);
  deepEqual(painted, sent);
}

test("in every order, all that was handed over is painted", async () => {
  await explore(() => isPainted(bySelect));
});

test("with Promise.race a job is lost in some order", async () => {
  await rejects(
    explore(() => isPainted(byRace)),
    { name: "ExploreError", kind: "error" },
  );
});
// #endregion node
