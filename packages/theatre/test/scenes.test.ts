import { readFileSync } from "node:fs";
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

const chapters: readonly { readonly slug: string }[] = JSON.parse(
  readFileSync(new URL("../../../docs/chapters.json", import.meta.url), "utf8"),
).chapters;

/** The chapters about what moves: from the select with two inputs to the fence. */
const moving = chapters.slice(7, 15).map(({ slug }) => slug);

test.each(moving)("the chapter %s names a scene that is here", (slug) => {
  const chapter = readFileSync(new URL(`../../../docs/${slug}.md`, import.meta.url), "utf8");
  const named = [...chapter.matchAll(/`pnpm theatre ([\w-]+)/g)].map(([, name = ""]) => name);
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((name) => !sceneNames.includes(name))).toEqual([]);
});

test("an unknown name is no scene, and no two scenes share one", async () => {
  expect(await hashOfScene("overtake")).toBeUndefined();
  expect(new Set(sceneNames).size).toBe(sceneNames.length);
});
