/** Live, for real: `npm start -- --page` as a process, and a browser that commands and kills. */
import { readFile } from "node:fs/promises";
import { isAlive } from "@shirts/command-line/testing";
import type { Page } from "playwright-core";
import { afterEach, expect, test, vi } from "vitest";
import { text } from "../../src/text.ts";
import { axeFinds } from "./axe.ts";
import { endPlays, startPlay } from "./live-play.ts";
import { inCi, withPage } from "./page.ts";

const words = text.live;

// It builds the page, and starts a broker, a table and two nodes; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 180_000 });
afterEach(endPlays);

const button = (page: Page, action: keyof typeof words.actions, node: string) =>
  page.getByRole("button", { name: `${words.actions[action]}: ${node}` });

const purple = (page: Page) =>
  page.getByRole("button", { name: words.commandShirt("PURPLE", "North America") });

const nodesRun = (page: Page) => page.locator(".node-running").nth(1).waitFor();

/** The name of the node that has the job, as the buttons call it. */
async function walker(page: Page): Promise<string> {
  const line = page.getByText(/^(node \d) paints North America in PURPLE, step \d+$/).first();
  return /node \d/.exec((await line.textContent()) ?? "")?.[0] ?? expect.fail("nobody paints");
}

inCi("live (in CI)", () => {
  test("a node is really killed, another one paints on, and the verdict is the table's", async () => {
    const play = await startPlay("v2", 150, 20);
    await withPage(
      play.hash,
      async (page) => {
        await page.getByRole("status").getByText(words.status.real("v2")).waitFor();
        await nodesRun(page);
        await purple(page).click();
        const node = await walker(page);
        const card = page.locator(".node", { hasText: node });
        const [, pid] = /process (\d+)/.exec((await card.textContent()) ?? "") ?? [];
        expect(isAlive(Number(pid))).toBe(true);
        await button(page, "kill", node).click();
        await card.getByText(words.states.ended).waitFor();
        expect(isAlive(Number(pid))).toBe(false);
        // With nodes of each kind: one that ended, and one that walks.
        expect(await axeFinds(page)).toEqual([]);
        await page.getByText(words.table.right).waitFor();
        await page.getByText(words.table.atRest).waitFor();
        await page.locator(".table-verdict").getByText("PURPLE 1,000").waitFor();
        await page.getByText(words.table.trace(words.table.traceOf("North America", 0))).waitFor();
        const [download] = await Promise.all([
          page.waitForEvent("download"),
          page.getByRole("button", { name: words.keep }).click(),
        ]);
        const kept = (await readFile(await download.path(), "utf8")).trim().split("\n");
        expect(kept.map((line) => JSON.parse(line))).toContainEqual(
          expect.objectContaining({ type: "crashed", node, reason: "killed" }),
        );
        await page.getByRole("button", { name: words.end }).click();
        await page.getByRole("button", { name: words.reallyEnd }).click();
        await page.getByRole("status").getByText(words.status.over("It was ended on the page.")).waitFor();
        await play.ended;
        expect(await purple(page).isDisabled()).toBe(true);
      },
      // It is over when the page says so; that the server is gone then is no fault.
      { at: play.at, allow: /ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE/ },
    );
  });

  test("a play that dies is said to be lost, a wrong link is refused, and two pages see the same", async () => {
    const play = await startPlay("v3", 100, 50);
    await withPage(
      play.hash,
      async (page) => {
        await nodesRun(page);
        const other = await page.context().newPage();
        await other.goto(play.at + play.hash);
        await nodesRun(other);
        await button(page, "freeze", "node 1").click();
        await other.locator(".node-frozen", { hasText: "node 1" }).waitFor();
        await button(other, "freeze", "node 2").click();
        await page.locator(".node-frozen", { hasText: "node 2" }).waitFor();
        const stranger = await page.context().newPage();
        await stranger.goto(`${play.at}#live/${"A".repeat(43)}`);
        await stranger
          .getByRole("status")
          .getByText(/^Not connected: the link's token is missing or wrong/)
          .waitFor();
        expect(await purple(stranger).count()).toBe(0);
        play.kill("SIGKILL");
        await page.getByRole("status").getByText(words.status.lost).waitFor();
        expect(await purple(page).isDisabled()).toBe(true);
      },
      { at: play.at, allow: /ERR_|401/ },
    );
  });

  test("without a link it says how to begin, and asks nobody", async () => {
    await withPage("#live", async (page) => {
      await page.getByText(words.command, { exact: true }).waitFor();
    });
  });

  test("a host that plays nothing is told from a play", async () => {
    await withPage(
      "#live/abc",
      async (page) => page.getByRole("status").getByText(words.status.refused("")).waitFor(),
      { allow: /404/ },
    );
  });
});
