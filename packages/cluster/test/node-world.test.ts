/** The world that a node works for. */
import type { Area, Command } from "@shirts/story";
import { WorldGoneError } from "@shirts/table";
import { expect, test } from "vitest";
import { NodeWorld } from "../src/node/node-world.ts";

const command = (world: string, area: Area = "north-america"): Command => ({
  area,
  shirt: "blue",
  revision: 1,
  world,
});

/** A table whose world can be prepared anew. */
function fakeTable(world: string | undefined, ...areas: Area[]) {
  const table = {
    asked: 0,
    prepare(next: string, ...more: Area[]) {
      world = next;
      areas = more;
    },
    async world() {
      table.asked++;
      return world;
    },
    async revisions() {
      table.asked++;
      return new Map(areas.map((area) => [area, 0]));
    },
  };
  return table;
}

test("a job of the node's world and of an area in it is done, and the table is not asked again", async () => {
  const table = fakeTable("w1", "north-america");
  const world = new NodeWorld(table);
  await world.meet();
  expect(await world.refuses(command("w1"))).toBeUndefined();
  const { asked } = table;
  expect(await world.refuses(command("w1"))).toBeUndefined();
  expect(table.asked).toBe(asked);
});

test("a job that an earlier world left in the queue is refused with its reason", async () => {
  const world = new NodeWorld(fakeTable("w2", "north-america"));
  expect(await world.refuses(command("w1"))).toBe("it is of another world (w1) than the one that is (w2)");
});

test("a job of a newer world is not refused: the node's own world is gone, and it must end", async () => {
  const table = fakeTable("w1", "north-america");
  const world = new NodeWorld(table);
  await world.meet();
  table.prepare("w2", "north-america");
  await expect(world.refuses(command("w2"))).rejects.toThrow(WorldGoneError);
  // Also when what comes first is of the old world: nothing may be refused in the name of a world that is gone.
  await expect(world.refuses(command("w0"))).rejects.toThrow(WorldGoneError);
});

test("a job for an area where nobody lives is refused, and one for an area of the first world is not", async () => {
  const table = fakeTable(undefined);
  const world = new NodeWorld(table);
  await world.meet();
  expect(world.id).toBeUndefined();
  // The table is prepared after the node has started.
  table.prepare("w1", "south-america");
  expect(await world.refuses(command("w1", "south-america"))).toBeUndefined();
  expect(await world.refuses(command("w1"))).toMatch(/^nobody lives in North America/);
});

test("a node that cannot ask the table starts all the same, and is told at its first job", async () => {
  const down = async () => {
    throw new Error("nobody answers there");
  };
  const world = new NodeWorld({ world: down, revisions: down });
  await world.meet();
  await expect(world.refuses(command("w1"))).rejects.toThrow("nobody answers there");
});

test("a cancel of another world is foreign", async () => {
  const world = new NodeWorld(fakeTable("w1"));
  await world.meet();
  const cancel = { area: "north-america", consumerId: "n2" } as const;
  expect([world.isForeign({ ...cancel, world: "w1" }), world.isForeign({ ...cancel, world: "w0" })]).toEqual([
    false,
    true,
  ]);
});
