/** Who answers, and is no server for the table: an old PostgreSQL, a pooler, one that hangs up on what we ask. */
import { afterEach, describe, expect, it } from "vitest";
import { openTable } from "../src/index.ts";
import { STUB_PID, serveStub } from "./support/postgres-stub.ts";

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
});
