import { type Command, decodeCancel, decodeCommand } from "@shirts/story";
import { expect, test } from "vitest";
import { command, type Office, resend } from "../src/president.ts";

/** An office with a table in memory and a broker that can be made to fail. */
function office() {
  const rows: { order: Command; isConfirmed: boolean }[] = [];
  const sent: string[] = [];
  let isDown = false;
  const post = (line: () => string) => {
    if (isDown) throw new Error("the broker is down");
    sent.push(line());
  };
  const desk: Office = {
    rabbit: {
      publish: async (queue, body) => post(() => `${queue} ${decodeCommand(body).shirt}`),
      broadcast: async (exchange, body) => post(() => `${exchange} below ${decodeCancel(body).revision}`),
    },
    world: {
      async command(area, shirt) {
        const order: Command = { area, shirt, revision: rows.length + 1 };
        rows.push({ order, isConfirmed: false });
        return order;
      },
      async confirm({ revision }) {
        const row = rows.find(({ order }) => order.revision === revision);
        if (row) row.isConfirmed = true;
      },
      unconfirmed: async () => rows.filter(({ isConfirmed }) => !isConfirmed).map(({ order }) => order),
    },
  };
  const setDown = (value: boolean) => {
    isDown = value;
  };
  return { desk, sent, setDown };
}

test("a command is accepted by the table before anything is published", async () => {
  const { desk, sent } = office();
  const seen: number[] = [];
  await command(desk, "v2", "north-america", "purple", () => seen.push(sent.length));
  expect(seen).toEqual([0]);
  expect(sent).toEqual(["v2_jobs purple"]);
});

test("in v4 the president announces a command to all nodes before he publishes its job", async () => {
  const { desk, sent } = office();
  await command(desk, "v4", "north-america", "blue", () => {});
  expect(sent).toEqual(["fanout_cancel below 1", "v4_jobs blue"]);
});

test("a command that was accepted and never confirmed is sent again, oldest first, and only once", async () => {
  const { desk, sent, setDown } = office();
  setDown(true);
  await expect(command(desk, "v2", "north-america", "purple", () => {})).rejects.toThrow("down");
  await expect(command(desk, "v2", "north-america", "blue", () => {})).rejects.toThrow("down");
  setDown(false);
  expect((await resend(desk, "v2")).map(({ shirt }) => shirt)).toEqual(["purple", "blue"]);
  expect(await resend(desk, "v2")).toEqual([]);
  expect(sent).toEqual(["v2_jobs purple", "v2_jobs blue"]);
});
