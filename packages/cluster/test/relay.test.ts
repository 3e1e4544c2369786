import { sleep } from "@shirts/chan";
import { bubble } from "@shirts/chan/testing";
import type { EventBody } from "@shirts/story";
import { expect, test } from "vitest";
import { command } from "../src/president/president.ts";
import { startRelay } from "../src/president/relay.ts";
import { fakeDependencies } from "./support/dependencies.ts";

test("a relay sends again what is not confirmed for a while, once the broker takes it, and stops cleanly", () =>
  bubble(async () => {
    const { dependencies, sent, fail } = fakeDependencies();
    const log: EventBody[] = [];
    fail(() => true);
    await expect(command(dependencies, "v4", "north-america", "blue", () => {})).rejects.toThrow("down");
    const reporting = { ...dependencies, report: (event: EventBody) => log.push(event) };
    const relay = startRelay(reporting, "v4", { afterMs: 5_000, everyMs: 1_000 });
    await sleep(4_500);
    expect(log).toEqual([]);
    await sleep(2_000);
    expect(log.filter(({ type }) => type === "failed").at(-1)).toEqual({
      type: "failed",
      reason: "revision 1 was not sent again: the broker is down",
    });
    fail(() => false);
    await sleep(3_000);
    expect(sent).toEqual(["fanout_cancel below 1", "v4_jobs blue"]);
    expect(log.at(-1)).toMatchObject({ type: "sent again", command: { shirt: "blue" } });
    await Promise.all([relay.stop(), relay.stop()]);
  }));

test("a relay that cannot read the outbox says so and goes on", () =>
  bubble(async () => {
    const { dependencies } = fakeDependencies();
    let isGone = true;
    const unconfirmed: typeof dependencies.table.unconfirmed = (...asked) =>
      isGone ? Promise.reject(new Error("no table")) : dependencies.table.unconfirmed(...asked);
    const log: EventBody[] = [];
    const relay = startRelay(
      {
        ...dependencies,
        table: { ...dependencies.table, unconfirmed },
        report: (event) => log.push(event),
      },
      "v4",
    );
    await sleep(1_500);
    expect(log).toEqual([{ type: "failed", reason: "the outbox cannot be read: no table" }]);
    isGone = false;
    await sleep(2_000);
    expect(log).toHaveLength(1);
    await relay.stop();
  }));
