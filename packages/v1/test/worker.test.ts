import { sleep } from "@shirts/chan";
import { bubble } from "@shirts/chan/testing";
import { Town } from "@shirts/story/town";
import { expect, test } from "vitest";
import { worker } from "../src/worker.ts";

test("jobs are done one after the other, in the order of the queue", () =>
  bubble(async () => {
    const town = new Town();
    await town.command("purple");
    await town.command("blue");
    town.close();
    await worker(town.hire({ name: "n1", paceMs: 10 }));
    expect(town.bar()).toBe("BBBBBBBBBB");
    expect(town.log.filter(({ type }) => type !== "painted").map(({ type }) => type)).toEqual([
      "commanded",
      "commanded",
      "delivered",
      "acked",
      "delivered",
      "acked",
    ]);
  }));

test("a job is acked after its last step, never before", () =>
  bubble(async () => {
    const town = new Town();
    await town.command("purple");
    town.close();
    await worker(town.hire({ name: "n1", paceMs: 10 }));
    expect(town.log.map(({ type }) => type).slice(-2)).toEqual(["painted", "acked"]);
    expect(town.bar()).toBe("PPPPPPPPPP");
  }));

test("with two nodes, a slow PURPLE that is overtaken paints over BLUE, for good", () =>
  bubble(async () => {
    const town = new Town();
    const slow = worker(town.hire({ name: "n1", paceMs: 30 }));
    await town.command("purple");
    await sleep(50);
    const quick = worker(town.hire({ name: "n2", paceMs: 10 }));
    await town.command("blue");
    town.close();
    await Promise.all([slow, quick]);
    // BLUE overtook PURPLE after the second step; from there on PURPLE came last.
    expect(town.bar()).toBe("BBPPPPPPPP");
  }));
