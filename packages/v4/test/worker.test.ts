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

test("the same command again replaces the delivery of the running routine, which is not started twice", () =>
  bubble(async () => {
    const town = new Town();
    const command: Command = { area, shirt: "purple", revision: 1 };
    const acks: string[] = [];
    const jobs = chan<Job>(2);
    await jobs.send({ command, redelivered: false, ack: () => acks.push("first delivery") });
    await jobs.send({ command, redelivered: true, ack: () => acks.push("second delivery") });
    jobs.close();
    await worker({ ...town.hire(settings()), jobs });
    expect(acks).toEqual(["first delivery", "second delivery"]);
    expect(town.log.filter(({ type }) => type === "painted")).toHaveLength(10);
  }));
