import { chan, sleep } from "@shirts/chan";
import { bubble } from "@shirts/chan/testing";
import type { Cancel } from "@shirts/story";
import { Town } from "@shirts/story/town";
import { expect, test } from "vitest";
import { worker } from "../src/worker.ts";

const area = "north-america";
const happened = (town: Town, node: string) =>
  town.log.filter((event) => event.node === node && event.type !== "painted").map(({ type }) => type);

test("another worker's cancel stops a running job while its step sleeps, and the job is acked", () =>
  bubble(async () => {
    const town = new Town();
    const working = worker(town.hire({ name: "n1", paceMs: 1000 }));
    await town.command("purple");
    await sleep(1500);
    town.broadcast({ area, consumerId: "n2" });
    await sleep(10);
    expect(town.log.slice(-3)).toMatchObject([
      { type: "cancel received" },
      { type: "stopped", step: 1 },
      { type: "acked" },
    ]);
    town.close();
    await working;
    expect(town.bar()).toBe("P.........");
  }));

test("a worker ignores its own cancel, and cancels for other areas", () =>
  bubble(async () => {
    const town = new Town();
    const working = worker(town.hire({ name: "n1", paceMs: 10 }));
    await town.command("purple");
    await sleep(15);
    town.broadcast({ area, consumerId: "n1" });
    town.broadcast({ area: "south-america", consumerId: "n2" });
    town.close();
    await working;
    expect(town.bar()).toBe("PPPPPPPPPP");
  }));

test("with two nodes at the same pace, BLUE's cancel stops PURPLE and everybody ends in BLUE", () =>
  bubble(async () => {
    const town = new Town();
    const first = worker(town.hire({ name: "n1", paceMs: 10 }));
    await town.command("purple");
    await sleep(35);
    const second = worker(town.hire({ name: "n2", paceMs: 10 }));
    await town.command("blue");
    town.close();
    await Promise.all([first, second]);
    expect(happened(town, "n1")).toEqual([
      "delivered",
      "cancel sent",
      "cancel received",
      "cancel received",
      "stopped",
      "acked",
    ]);
    expect(town.bar()).toBe("BBBBBBBBBB");
  }));

test("while its one routine runs a worker takes no job, and still hears cancels", () =>
  bubble(async () => {
    const town = new Town();
    const working = worker(town.hire({ name: "n1", paceMs: 10, prefetch: 2 }));
    await town.command("purple");
    await town.command("green", "south-america");
    await sleep(25);
    expect(town.bar("south-america")).toBe("..........");
    town.broadcast({ area, consumerId: "n2" });
    town.close();
    await working;
    expect(town.bar()).toBe("PP........");
    expect(town.bar("south-america")).toBe("GGGGGGGGGG");
  }));

test("two commands within a cancel's travel time stop each other, and nobody paints the rest", () =>
  bubble(async () => {
    const town = new Town();
    const first = worker(town.hire({ name: "n1", paceMs: 10, cancelMs: 25 }));
    await town.command("purple");
    await sleep(5);
    const second = worker(town.hire({ name: "n2", paceMs: 10, cancelMs: 25 }));
    // PURPLE's cancel left before n2 began to listen to it; sent again, it stands for a slow network.
    town.broadcast({ area, consumerId: "n1" });
    await town.command("blue");
    town.close();
    await Promise.all([first, second]);
    expect(town.log.filter(({ type }) => type === "stopped")).toHaveLength(2);
    expect(town.log.filter(({ type }) => type === "acked")).toHaveLength(2);
    expect(town.bar()).toContain(".");
  }));

test("a cancel that is lost leaves people in the older shirt, for good", () =>
  bubble(async () => {
    const town = new Town();
    const deaf = worker(town.hire({ name: "n1", paceMs: 30, cancelMs: Number.POSITIVE_INFINITY }));
    await town.command("purple");
    await sleep(50);
    const second = worker(town.hire({ name: "n2", paceMs: 10 }));
    await town.command("blue");
    town.close();
    await Promise.all([deaf, second]);
    expect(town.bar()).toBe("BBPPPPPPPP");
  }));

test("a worker whose cancels are closed stops instead of working deaf", () =>
  bubble(async () => {
    const town = new Town();
    const cancels = chan<Cancel>();
    cancels.close();
    await worker({ ...town.hire({ name: "n1", paceMs: 10 }), cancels });
    expect(town.log).toEqual([]);
  }));
