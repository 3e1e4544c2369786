import { expect, test } from "vitest";
import { openStateTable } from "../src/state-table.ts";

test("the table holds one state: the one that was written last", async () => {
  const table = await openStateTable();
  try {
    await expect(table.read()).rejects.toThrow();
    await table.write({ shirt: "purple", revision: 1 });
    await table.write({ shirt: "blue", revision: 2 });
    expect(await table.read()).toEqual({ shirt: "blue", revision: 2 });
  } finally {
    await table.close();
  }
});
