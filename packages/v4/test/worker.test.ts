import { chan, sleep } from "@shirts/chan";
import { bubble } from "@shirts/chan/testing";
import type { Command, Job } from "@shirts/story";
import { Town, type WorkerSettings } from "@shirts/story/town";
import { expect, test } from "vitest";
import { worker } from "../src/worker.ts";

const area = "north-america";
const settings = (more: Partial<WorkerSettings> = {}) => ({
  name: "n1",
  paceMs: 10,
  prefetch: 3,
  fenced: true,
  ...more,
});

test("two commands within a cancel's travel time: only the older one is stopped", () =>
  bubble(async () => {
    const town = new Town();
    const first = worker(town.hire(settings({ cancelMs: 25 })));
    const second = worker(town.hire(settings({ name: "n2", cancelMs: 25 })));
    await town.command("purple");
    await sleep(5);
    await town.command("blue");
    town.close();
    await Promise.all([first, second]);
    expect(town.bar()).toBe("BBBBBBBBBB");
  }));

test("a redelivered older job is dropped and acked", () =>
  bubble(async () => {
    const town = new Town();
    const working = worker(town.hire(settings()));
    const purple = await town.command("purple");
    await town.command("blue");
    await sleep(150);
    await town.redeliver(purple);
    town.close();
    await working;
    expect(town.log.slice(-2)).toMatchObject([
      { type: "superseded", command: purple },
      { type: "acked", command: purple },
    ]);
    expect(town.bar()).toBe("BBBBBBBBBB");
  }));

test("when the cancel is lost the fence refuses the older step, and the routine stops itself", () =>
  bubble(async () => {
    const town = new Town();
    const deaf = worker(town.hire(settings({ paceMs: 30, prefetch: 1, cancelMs: Number.POSITIVE_INFINITY })));
    await town.command("purple");
    await sleep(50);
    const second = worker(town.hire(settings({ name: "n2" })));
    await town.command("blue");
    town.close();
    await Promise.all([deaf, second]);
    expect(town.log.filter(({ type }) => type === "refused")).toHaveLength(1);
    expect(town.bar()).toBe("BBBBBBBBBB");
  }));

test("a job goes on at the step where an earlier delivery stopped", () =>
  bubble(async () => {
    const town = new Town();
    await town.command("purple");
    town.close();
    await worker({ ...town.hire(settings()), resume: async () => 7 });
    expect(town.bar()).toBe(".......PPP");
  }));

test.each([0, 15, 95, 120])(
  "two deliveries of one command, the second after %i ms, paint everybody, and both are acked",
  (gapMs) =>
    bubble(async () => {
      const town = new Town();
      const command: Command = { area, shirt: "purple", revision: 1 };
      const acks: string[] = [];
      const jobs = chan<Job>(2);
      const tools = town.hire(settings());
      const resume = async () => town.bar().lastIndexOf("P") + 1;
      const working = worker({ ...tools, jobs, resume });
      await jobs.send({ command, redelivered: false, ack: () => acks.push("first delivery") });
      await sleep(gapMs);
      await jobs.send({ command, redelivered: true, ack: () => acks.push("second delivery") });
      jobs.close();
      await working;
      expect(town.bar()).toBe("PPPPPPPPPP");
      expect(acks.toSorted()).toEqual(["first delivery", "second delivery"]);
    }),
);

test("a cancel stops nobody whose command is as new, whoever sent it", () =>
  bubble(async () => {
    const town = new Town();
    const working = worker(town.hire(settings()));
    await town.command("purple");
    await sleep(25);
    town.broadcast({ area, consumerId: "n2", revision: 1 });
    town.broadcast({ area, consumerId: "n2" });
    town.close();
    await working;
    expect(town.log.filter(({ type }) => type === "stopped")).toEqual([]);
    expect(town.bar()).toBe("PPPPPPPPPP");
  }));

test("a cancel that is newer stops the routine, also when this node itself sent it", () =>
  bubble(async () => {
    const town = new Town();
    const working = worker(town.hire(settings()));
    await town.command("purple");
    await sleep(35);
    town.broadcast({ area, consumerId: "n1", revision: 2 });
    await sleep(10);
    town.close();
    await working;
    expect(town.log.slice(-2)).toMatchObject([{ type: "stopped", step: 3 }, { type: "acked" }]);
  }));

test("a job that comes after the cancel for a newer command is dropped without a step", () =>
  bubble(async () => {
    const town = new Town();
    const working = worker(town.hire(settings()));
    town.broadcast({ area, consumerId: "president", revision: 2 });
    await sleep(5);
    await town.command("purple");
    town.close();
    await working;
    expect(town.log.slice(-3).map(({ type }) => type)).toEqual(["delivered", "superseded", "acked"]);
  }));

test("a routine whose step is refused acks its job, and the next command of the area runs", () =>
  bubble(async () => {
    const town = new Town();
    const tools = town.hire(settings({ cancelMs: Number.POSITIVE_INFINITY }));
    const working = worker({
      ...tools,
      paint: async (command, step) => step < 2 && tools.paint(command, step),
    });
    const purple = await town.command("purple");
    await sleep(100);
    expect(town.log.at(-1)).toMatchObject({ type: "acked", command: purple });
    await town.command("blue");
    town.close();
    await working;
    expect(town.bar()).toBe("BB........");
  }));
