import type { Cancel, Command, EventBody, TraceEvent } from "@shirts/story";
import { describe, expect, test } from "vitest";
import { next } from "../../src/scene/fold.ts";
import { emptyScene, type Scene } from "../../src/scene/scene.ts";
import { sceneLines } from "../../src/scene/words.ts";

const purple: Command = { area: "north-america", shirt: "purple", revision: 1 };
const blue: Command = { area: "north-america", shirt: "blue", revision: 2 };
const cancel: Cancel = { area: "north-america", consumerId: "amq.gen-7" };

const by = (node: string, body: EventBody): TraceEvent => ({ ...body, node, at: 0 });
const delivered = (node: string, command: Command, redelivered = false) =>
  by(node, { type: "delivered", command, redelivered });
const painted = (node: string, command: Command, step: number) =>
  by(node, { type: "painted", command, step });

function scene(...events: TraceEvent[]): Scene {
  const start = [by("n1", { type: "ready" }), by("n2", { type: "ready" })];
  return [...start, ...events].reduce(next, emptyScene(4, ["north-america"]));
}

const node = ({ nodes }: Scene, name: string) => nodes.find((one) => one.name === name);
const queued = ({ queue }: Scene) =>
  queue.map(({ command, isAgain }) => `${command.shirt}${isAgain ? " again" : ""}`);
const jobs = (it: Scene, name: string) => node(it, name)?.routines.map(({ command }) => command.shirt);
const commanded = by("president", { type: "commanded", command: purple });

describe("a scene", () => {
  test("a job keeps its key from the queue to the node and back", () => {
    const waiting = scene(commanded);
    const taken = next(waiting, delivered("n1", purple));
    const back = next(taken, by("n1", { type: "crashed", reason: "killed" }));
    expect(queued(waiting)).toEqual(["purple"]);
    expect([queued(taken), jobs(taken, "n1")]).toEqual([[], ["purple"]]);
    expect([queued(back), jobs(back, "n1")]).toEqual([["purple again"], []]);
    const keys = [waiting.queue[0], node(taken, "n1")?.routines[0], back.queue[0]].map((one) => one?.key);
    expect(new Set(keys).size).toBe(1);
    expect(node(back, "n1")?.state).toBe("down");
  });

  test("jobs that come back stand before newer ones", () => {
    const it = scene(
      commanded,
      delivered("n1", purple),
      by("president", { type: "commanded", command: blue }),
      by("n1", { type: "disconnected", reason: "cut" }),
    );
    expect(queued(it)).toEqual(["purple again", "blue"]);
    // It works on, and does not know that its ack will go nowhere.
    expect(node(it, "n1")?.routines).toMatchObject([{ isLost: true }]);
    expect(node(it, "n1")?.state).toBe("cut");
  });

  test("a frozen node keeps its routine when the broker gives the job to another one", () => {
    const it = scene(
      commanded,
      delivered("n1", purple),
      by("n1", { type: "paused" }),
      delivered("n2", purple, true),
    );
    expect(node(it, "n1")).toMatchObject({ state: "frozen", routines: [{ isLost: true }] });
    expect(node(it, "n2")?.routines).toMatchObject([{ isLost: false, phase: "begins" }]);
    const resumed = next(
      next(it, by("n1", { type: "resumed" })),
      by("n1", { type: "disconnected", reason: "late" }),
    );
    expect(queued(resumed)).toEqual([]);
  });

  test("a node that has a job twice is at work until it has acked both", () => {
    const twice = scene(
      commanded,
      delivered("n1", purple),
      delivered("n1", purple, true),
      painted("n1", purple, 0),
    );
    const once = next(twice, by("n1", { type: "acked", command: purple }));
    expect(jobs(once, "n1")).toEqual(["purple"]);
    expect(jobs(next(once, by("n1", { type: "acked", command: purple })), "n1")).toEqual([]);
  });

  test("a cancel is on its way to each other node, until that node hears it", () => {
    const sent = scene(by("n1", { type: "cancel sent", cancel }));
    expect(sent.cancels.map(({ from, to }) => [from, to])).toEqual([["n1", "n2"]]);
    const heard = next(sent, by("n2", { type: "cancel received", cancel }));
    expect(heard.cancels).toEqual([]);
    expect(node(heard, "n2")?.heard).toEqual(cancel);
    // Its own one comes back to it, and is nothing that it heard.
    expect(node(next(heard, by("n1", { type: "cancel received", cancel })), "n1")?.heard).toBeUndefined();
  });

  test("a cancel on its way to a node that dies comes to nobody", () => {
    const it = scene(
      by("n1", { type: "cancel sent", cancel }),
      by("n2", { type: "crashed", reason: "killed" }),
    );
    expect(it.cancels).toEqual([]);
  });

  test("says how far each routine is, and what it waits for", () => {
    const it = scene(commanded, delivered("n1", purple), painted("n1", purple, 0), painted("n1", purple, 1));
    const lines = new Map(sceneLines(it).map(({ name, said }) => [name, said]));
    expect(lines.get("n1")).toBe("with PURPLE: walks to step 3 of 4");
    expect(lines.get("n2")).toBe("waits for a job");
    expect(lines.get("North America")).toBe("2 PURPLE, 2 WHITE");
  });

  test("earlier scenes stay as they were", () => {
    const before = scene(commanded, delivered("n1", purple), painted("n1", purple, 0));
    const copy = structuredClone({ queue: before.queue, nodes: before.nodes });
    const wearing = [...before.people.wearing("north-america")];
    next(next(before, painted("n1", purple, 1)), by("n1", { type: "crashed", reason: "killed" }));
    expect({ queue: before.queue, nodes: before.nodes }).toEqual(copy);
    expect(before.people.wearing("north-america")).toEqual(wearing);
  });

  test("planted: a fold that changes the people of the scene before is noticed", () => {
    const before = scene(commanded, delivered("n1", purple));
    const wearing = [...before.people.wearing("north-america")];
    before.people.apply(painted("n1", purple, 1));
    expect(before.people.wearing("north-america")).not.toEqual(wearing);
  });
});
