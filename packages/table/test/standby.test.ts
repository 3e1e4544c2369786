/** A standby can only be read: a table is not opened on it, and what meets one in a failover is asked again until it is promoted. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { openTable } from "../src/index.ts";
import { openDatabaseProxy } from "./support/database-proxy.ts";
import { installed, openPair, type Pair } from "./support/failover.ts";

const area = "north-america";

describe.skipIf(!installed)(`a standby${installed ? "" : ": PostgreSQL is not installed"}`, () => {
  let pair: Pair;
  const opened: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of opened.splice(0).reverse()) await close();
  });

  it("is refused in one line; a question that finds its address there waits for its promotion", async () => {
    pair = await openPair({ [area]: 10 }, false);
    opened.push(pair.close);
    await expect(openTable(pair.replica.url)).rejects.toThrow(
      /^PostgreSQL at \S+: it is a standby, which can only be read\. [^\n]+$/,
    );
    const proxy = await openDatabaseProxy(pair.primary.url);
    opened.push(proxy.close);
    const table = await openTable(proxy.url);
    opened.push(() => table.close());
    await pair.primary.kill();
    const standby = proxy.turnTo(pair.replica.url);
    proxy.cut();
    const asked = table.revisions();
    // Whoever comes a second time was refused the first time.
    await vi.waitUntil(() => standby.count() >= 2, { timeout: 10_000, interval: 5 });
    await pair.replica.promote();
    expect(await asked).toEqual(new Map([[area, 0]]));
  });
});
