import { readFileSync } from "node:fs";
import { playChoices, readSchedule } from "@shirts/sim";
import { buttonsOf, type Level, levels, positionAfter, solve } from "@shirts/sim/scheduler";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { decodeAs } from "../../src/link/link.ts";
import { text } from "../../src/text.ts";
import { axeFinds } from "./axe.ts";
import { inCi, withPage } from "./page.ts";

const said = text.schedule;
const levelNamed = (name: string): Level => levels.find(({ id }) => id === name) as Level;

/** A button for an event, by all that it says. */
const way = (page: Page, label: string, detail?: string) =>
  page.getByRole("button", { name: detail ? `${label} ${detail}` : label, exact: true });

const openLevel = (page: Page, level: Level) =>
  page.getByRole("button", { name: said.levels[level.id]?.name ?? "", exact: false }).click();

/** The words of the buttons to press, one after the other, and the place of each among its buttons. */
async function presses(level: Level) {
  const { moves = [] } = await solve(level, []);
  return Promise.all(
    moves.map(async (move, index) => {
      const buttons = buttonsOf(await positionAfter(level, moves.slice(0, index)));
      const place = buttons.findIndex((button) => button.way === move);
      return { label: buttons[place]?.label ?? "", detail: buttons[place]?.detail, key: String(place + 1) };
    }),
  );
}

const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { name });

inCi("be the scheduler (in CI)", () => {
  test("each level is won by its own counterexample, with real clicks, and keeps its medal", async () => {
    await withPage(
      "#schedule",
      async (page) => {
        for (const level of levels.filter(({ fewest }) => fewest !== undefined)) {
          await openLevel(page, level);
          for (const { label, detail } of await presses(level)) await way(page, label, detail).click();
          await heading(page, /^PURPLE wins/).waitFor();
          await page.getByText(said.result.moves(level.fewest ?? 0, level.fewest ?? 0)).waitFor();
          await page.getByText(said.levels[level.id]?.learned ?? "").waitFor();
        }
        await page.reload();
        const solved = page.getByRole("navigation", { name: said.levelsLabel }).getByText("★");
        await expect.poll(() => solved.count()).toBe(levels.length - 1);
      },
      { reducedMotion: "reduce" },
    );
  });

  test("a win is told when the picture has shown its last step, and what happened by itself is said", async () => {
    await withPage(
      "#schedule",
      async (page) => {
        await way(page, "the president commands BLUE").waitFor();
        // From here on no time passes but what this test lets pass.
        await page.clock.pauseAt(await page.evaluate(() => Date.now() + 60_000));
        for (const { label, detail } of await presses(levelNamed("v1")))
          await way(page, label, detail).click();
        await heading(page, said.noWays).waitFor();
        expect(await heading(page, /^PURPLE wins/).count()).toBe(0);
        await page.clock.runFor(60_000);
        await heading(page, /^PURPLE wins/).waitFor();
        const happened = page.locator(".happened");
        await happened.getByText(said.byItself).waitFor();
        await happened.getByText(/n1 paints North America in PURPLE, step 2/).waitFor();
      },
      { before: (page) => page.clock.install() },
    );
  });

  test("a level is won by the keyboard alone: tab and enter, and the numbers", async () => {
    await withPage("#schedule", async (page) => {
      await heading(page, said.waysLabel).waitFor();
      const made = () => page.locator(".moves > ol > li").count();
      for (const [index, { key }] of (await presses(levelNamed("v1"))).entries()) {
        await page.keyboard.press(key);
        await expect.poll(made).toBe(index + 1);
      }
      // The result has the focus: from there the next button is the next level.
      await heading(page, /^PURPLE wins/).waitFor();
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await heading(page, said.levels["v2-cross"]?.name ?? "").waitFor();
      for (let step = 0; step < 8; step++) {
        const focused = await page.evaluate(() => document.activeElement?.closest("button")?.textContent);
        if (focused?.includes("commands BLUE")) break;
        await page.keyboard.press("Tab");
      }
      await page.keyboard.press("Enter");
      await way(page, "n1 hears n2's cancel", "sent with BLUE").waitFor();
      await page.keyboard.press("u");
      await way(page, "the president commands BLUE").waitFor();
      await page.keyboard.press("h");
      await page.getByText(said.hints.next("the president commands BLUE")).waitFor();
    });
  });

  test("who loses is told so, and undo, hint and restart help", async () => {
    await withPage("#schedule", async (page) => {
      await way(page, "n1 takes a step", "PURPLE, person 1").click();
      await way(page, "n1 takes a step", "PURPLE, person 2").click();
      await heading(page, said.result.blue).waitFor();
      await page.getByRole("button", { name: said.hint }).click();
      await page.getByText(said.hints.undo(1)).waitFor();
      await page.getByRole("button", { name: said.undo }).click();
      await way(page, "n1 takes a step", "PURPLE, person 2").waitFor();
      await page.getByRole("button", { name: said.restart }).click();
      await page.getByText(said.noMoves).waitFor();
    });
  });

  test("what happened is said aloud", async () => {
    await withPage("#schedule", async (page) => {
      await way(page, "the president commands BLUE").click();
      const aloud = page.getByRole("status").filter({ hasText: "n2 takes North America in BLUE" });
      await expect.poll(() => aloud.count()).toBe(1);
    });
  });

  test("a link opens in a second page as the same game; a forged one says why", async () => {
    const moves = ["command 0", "pause n1"];
    let link = "";
    await withPage("#schedule", async (page) => {
      await openLevel(page, levelNamed("v2-freeze"));
      await way(page, "the president commands PURPLE").click();
      await way(page, "n1 freezes").click();
      await way(page, "n1 wakes up").waitFor();
      const opened = async () => {
        link = new URL(page.url()).hash;
        return decodeAs("schedule", link.replace("#schedule/", ""));
      };
      await expect.poll(opened).toMatchObject({ ok: true, value: { level: "v2-freeze", moves } });
    });
    await withPage(link, async (page) => {
      await way(page, "n1 wakes up").waitFor();
      expect(await page.locator(".moves > ol > li").count()).toBe(2);
    });
    await withPage("#schedule/1.AAAA", async (page) => {
      await page.getByText(text.link.cut).waitFor();
      await way(page, "the president commands BLUE").waitFor();
    });
  });

  test("the file of a solved level is what pnpm sim --schedule plays", async () => {
    await withPage("#schedule", async (page) => {
      for (const { label, detail } of await presses(levelNamed("v1"))) await way(page, label, detail).click();
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: said.file }).click();
      const file = await (await download).path();
      const played = await playChoices(readSchedule(JSON.parse(readFileSync(file, "utf8"))));
      expect(played.verdict[0]?.wearing).toEqual({ purple: 2 });
    });
  });

  test("v4: no hint, and the page counts in the background, none wrong, until it is told to stop", async () => {
    await withPage("#schedule", async (page) => {
      await openLevel(page, levelNamed("v4"));
      await page.getByRole("button", { name: said.hint }).click();
      await page.getByText(said.hints.never).waitFor();
      await page.getByRole("button", { name: said.count.start }).click();
      await page.getByText(/^[1-9][\d,]* orders so far, 0 wrong/).waitFor();
      // The page itself is free meanwhile.
      await way(page, "the president commands BLUE").click();
      await page.getByRole("button", { name: said.count.stop }).click();
      await page.getByText(/^Stopped after [1-9][\d,]* orders, none of them wrong/).waitFor();
    });
  });

  test("without Web Workers the count says so in one line, and all else works", async () => {
    await withPage(
      "#schedule",
      async (page) => {
        await openLevel(page, levelNamed("v4"));
        await page.getByRole("button", { name: said.count.start }).click();
        await page.getByText(said.count.noWorkers).waitFor();
        await way(page, "n1 takes PURPLE").click();
      },
      { before: (page) => page.addInitScript(() => Reflect.deleteProperty(globalThis, "Worker")) },
    );
  });

  test.each([
    ["light", 1280],
    ["dark", 360],
  ] as const)("%s, %d pixels wide: axe finds nothing, and nothing sticks out", async (colorScheme, width) => {
    const find = async (page: Page) => {
      expect(await axeFinds(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
    };
    const look = async (page: Page) => {
      await way(page, "the president commands BLUE").waitFor();
      await find(page);
      for (const { label, detail } of await presses(levelNamed("v1"))) await way(page, label, detail).click();
      await heading(page, /^PURPLE wins/).waitFor();
      await find(page);
      await openLevel(page, levelNamed("v4"));
      await heading(page, said.count.title).waitFor();
      await find(page);
    };
    await withPage("#schedule", look, { colorScheme, viewport: { width, height: 800 } });
  });
});
