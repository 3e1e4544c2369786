import { levels } from "@shirts/sim/scheduler";
import { expect, test } from "vitest";
import { decode } from "../src/link/link.ts";
import { hashOfScene, sceneNames } from "../src/serve/scenes.ts";

test.each(sceneNames)("the scene %s opens by its name", async (name) => {
  const [, mode, link = ""] = /^#(\w+)\/(.+)$/.exec((await hashOfScene(name)) ?? "") ?? [];
  const isLevel = levels.some(({ id }) => id === name);
  expect(mode).toBe(isLevel ? "schedule" : "watch");
  expect(await decode(link)).toMatchObject({ ok: true, kind: mode });
});

test("an unknown name is no scene, and no two scenes share one", async () => {
  expect(await hashOfScene("overtake")).toBeUndefined();
  expect(new Set(sceneNames).size).toBe(sceneNames.length);
});
