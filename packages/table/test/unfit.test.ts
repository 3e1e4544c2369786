/** Who answers, and is no server for the table: an old PostgreSQL, a pooler, a standby, one that says no in another language. */
import { afterEach, describe, expect, it } from "vitest";
import { openTable } from "../src/index.ts";
import { Refusal, STUB_PID, serveStub } from "../src/testing/postgres-stub.ts";

const fit = {
  versionNumber: "140000",
  pid: STUB_PID,
  isStandby: false,
  readOnly: "off",
  durability: "on",
};

describe("a server", () => {
  let stub: Awaited<ReturnType<typeof serveStub>>;
  afterEach(() => stub?.close());

  const tryOne = async (row: Partial<typeof fit>) => {
    stub = await serveStub({ ...fit, ...row });
    const table = await openTable(stub.url);
    await table.close();
  };

  it.each(["140000", "150018", "170012", "180006"])("of version %s is taken", async (versionNumber) => {
    await tryOne({ versionNumber });
  });

  it.each([
    ["older than 14", { versionNumber: "130022" }, "it is PostgreSQL 13, and the table needs 14 or newer"],
    ["older than 10", { versionNumber: "90624" }, "it is PostgreSQL 9, and the table needs 14 or newer"],
    [
      "behind a pooler: its session has another process",
      { pid: STUB_PID + 1 },
      "a pooler (such as PgBouncer) stands before it",
    ],
    ["that may only be read", { readOnly: "on" }, "it may only be read: default_transaction_read_only is on"],
    ["that is a standby", { isStandby: true }, "it is a standby, which can only be read"],
  ])("%s is refused in one line", async (_, row, reason) => {
    const failure = await tryOne(row).catch(({ message }) => message);
    expect(failure).toMatch(/^PostgreSQL at 127\.0\.0\.1:\d+: [^\n]+\. [^\n]+$/);
    expect(failure).toContain(reason);
  });

  // One of these says "timeout" and "SASL" in English: the driver says so of other things.
  it.each([
    "25006",
    "25P03",
    "28P01",
    "3D000",
    "3F000",
    "42501",
    "42703",
    "53300",
    "55P03",
    "57014",
    "57P03",
    "08P01",
    "XX000",
  ])("that says no with %s is understood by the code, in whatever language it speaks", async (code) => {
    const heard: string[] = [];
    for (const words of ["timeout: SASL, Connection terminated", "Zeit abgelaufen"]) {
      stub = await serveStub(new Refusal(code, words));
      const failure = await openTable(stub.url).catch(({ message }) => message);
      heard.push(failure.replace(words, "…").replace(/:\d+:/, ":"));
      stub.close();
    }
    expect(heard[0]).toMatch(/^PostgreSQL at 127\.0\.0\.1: /);
    expect(heard[0]).toBe(heard[1]);
  });
});
