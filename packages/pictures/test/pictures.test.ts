import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { draw } from "../src/draw.ts";
import type { Scene } from "../src/scene.ts";
import { scenes } from "../src/scenes/index.ts";

const docs = fileURLToPath(new URL("../../../docs/", import.meta.url));

async function sceneOf(name: string): Promise<Scene> {
  const scene = await scenes[name]?.();
  if (!scene) throw new Error(`no scene ${name}`);
  return scene;
}

/** What everybody wears in the end, one letter a part. */
async function peopleIn(name: string): Promise<string> {
  const { people } = await sceneOf(name);
  const wearing: string[] = [];
  for (const { step, shirt } of people?.paints ?? []) wearing[step] = shirt === "blue" ? "B" : "P";
  return wearing.join("");
}

test.each(Object.keys(scenes))(
  "docs/images/%s.svg is what its program does (pnpm pictures writes it)",
  async (name) => {
    const drawn = draw(await sceneOf(name));
    expect(readFileSync(`${docs}images/${name}.svg`, "utf8")).toBe(drawn);
  },
);

test("every picture of the documents stands on a page", () => {
  const pages = readdirSync(docs).filter((file) => file.endsWith(".md"));
  const text = [
    ...pages.map((page) => docs + page),
    `${docs}../README.md`,
    `${docs}../packages/theatre/README.md`,
  ]
    .map((page) => readFileSync(page, "utf8"))
    .join("\n");
  expect(readdirSync(`${docs}images`).filter((image) => !text.includes(`images/${image}`))).toEqual([]);
});

describe("what the pictures say is what happened", () => {
  test("v1 paints over blue, v2 with a late cancel and v3 after a freeze once, v4 never", async () => {
    expect(await peopleIn("overtaken")).toMatch(/^B+P+$/);
    for (const name of ["late-cancel", "frozen"])
      expect((await peopleIn(name)).replaceAll("B", ""), name).toBe("P");
    for (const name of ["one-node", "cancelled", "many-routines", "fenced", "outbox", "superseded"])
      expect(await peopleIn(name), name).toBe("B".repeat(12));
  });

  test("Promise.race loses the shirts of the source that did not win, select none", async () => {
    const words = async (name: string) => (await sceneOf(name)).marks.map(({ label }) => label);
    expect(await words("promise-race")).toEqual(["P1", "B2 is gone", "P3", "B4 is gone"]);
    expect(await words("select")).toEqual(["P1", "B2", "P3", "B4"]);
  });

  test("twelve shirts of the tailor who polls are old, and none of the one who selects; RabbitMQ gives the lost order again", async () => {
    const bad = async (name: string) =>
      (await sceneOf(name)).marks.filter(({ kind }) => kind === "bad").length;
    expect([await bad("worker"), await bad("fan-in")]).toEqual([12, 0]);
    const { marks } = await sceneOf("rabbitmq");
    const first = marks.filter(({ label }) => label === "no. 1");
    expect(first.map(({ lane, kind }) => `${lane}: ${kind}`)).toEqual(["careless: note", "careful: good"]);
  });

  test("in the story that the simulator found somebody wears PURPLE", async () => {
    expect(await peopleIn("found")).toContain("P");
  });

  test("without a buffer the tailor waits for each shirt, with two places for the last one only", async () => {
    const waits = async (name: string) =>
      (await sceneOf(name)).bars.filter(({ kind }) => kind === "wait").length;
    expect([await waits("channels"), await waits("buffered")]).toEqual([4, 1]);
  });
});

const empty: Scene = { title: "", alt: "", lanes: ["n1"], bars: [], marks: [], arrows: [] };

test("a scene that names a lane which is not there is refused", () => {
  const marks = [{ lane: "n2", atMs: 0, kind: "note", label: "" }] as const;
  expect(() => draw({ ...empty, marks })).toThrow("no lane n2; there are n1");
});

test("words are never tags", () => {
  expect(draw({ ...empty, title: '<b>"&' })).toContain("<title>&lt;b&gt;&quot;&amp;</title>");
});

test("who asked for less motion sees the whole scene", () => {
  expect(draw(empty)).toMatch(/prefers-reduced-motion: reduce\) \{ \.curtain, \.head \{ display: none \}/);
});
