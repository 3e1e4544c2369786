import { runStory, stageOf } from "@shirts/sim";
import { describe as describeEvent, sentenceOf, type TraceEvent } from "@shirts/story";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { decodeAs, encode } from "../../src/link/link.ts";
import { toLink } from "../../src/modes/watch/link.ts";
import { presets } from "../../src/modes/watch/presets.ts";
import { text } from "../../src/text.ts";
import { axeFinds } from "./axe.ts";
import { inCi, withPage } from "./page.ts";

const { player: words, watch } = text;
const { overtaken, frozen } = presets;
const { verdict: told } = words;

/** The page of somebody who wishes no motion: it stands still, at the end of the story. */
const STILL = { reducedMotion: "reduce" } as const;

const part = (page: Page, index: number) => page.locator(".part").nth(index);
const scrub = (page: Page) => page.getByRole("slider", { name: words.scrub });
const positionOf = (page: Page): Promise<number> =>
  scrub(page).evaluate((it) => Number((it as HTMLInputElement).value));
const seek = (page: Page, position: number) => scrub(page).fill(String(position));

/** Node's own traces of a preset's stages. */
const tracesOf = ({ stages, story, seed }: typeof overtaken | typeof frozen) =>
  Promise.all(stages.map(async (stage) => (await runStory(stageOf(stage), story, seed)).trace));

/** The sentence of the last event at a time. */
const lastAt = (trace: readonly TraceEvent[], at: number): string => {
  const event = trace.findLast((one) => one.at <= at);
  return event ? sentenceOf(describeEvent(event)) : words.nothingYet;
};

inCi("watch (in CI)", () => {
  test("plays two stages by itself: v1 ends wrong, v2 right, and both are Node's own stories", async () => {
    await withPage("#watch", async (page) => {
      await page.getByRole("button", { name: words.pause, exact: true }).waitFor();
      const before = await positionOf(page);
      await page.waitForFunction(
        (from) => Number(document.querySelector<HTMLInputElement>(".scrub input")?.value) > from + 2,
        before,
      );
      await part(page, 0).getByText(told.wrong(7, 12)).waitFor();
      await part(page, 1).getByText(told.right("BLUE")).waitFor();
    });
  });

  test("scrubbing shows both at the same time, as Node's traces have it", async () => {
    const traces = await tracesOf(overtaken);
    const times = traces.flatMap((trace) => trace.map(({ at }) => at)).toSorted((a, b) => a - b);
    await withPage(
      "#watch",
      async (page) => {
        for (const position of [20, 41, 9]) {
          // Of several events at one time only the last place has all of them.
          const last = times.lastIndexOf(times[position - 1] ?? 0) + 1;
          await seek(page, last);
          for (const [index, trace] of traces.entries())
            await part(page, index)
              .locator(".now")
              .getByText(lastAt(trace, times[last - 1] ?? 0))
              .waitFor();
        }
      },
      STILL,
    );
  });

  test("the jump goes to the moment that decided it", async () => {
    await withPage(
      "#watch",
      async (page) => {
        await part(page, 0).getByRole("button", { name: told.showWrong }).click();
        await part(page, 0)
          .locator(".now")
          .getByText("n1 paints North America in PURPLE, step 6: stale")
          .waitFor();
        const events = page.getByRole("listbox", { name: words.events }).first();
        const selected = events.getByRole("option", { selected: true });
        expect(await selected.textContent()).toContain("n1 paints North America in PURPLE, step 6");
      },
      STILL,
    );
  });

  test("the code is lit where the nodes are", async () => {
    const [trace = []] = await tracesOf(overtaken);
    await withPage(
      "#watch",
      async (page) => {
        await part(page, 0).getByRole("button", { name: told.showWrong }).click();
        expect(trace.some(({ type }) => type === "acked")).toBe(true);
        const lit = page.locator(".code").first().locator(".lit", { hasText: "await pace().recv()" });
        expect(await lit.locator("b").allTextContents()).toContain("n1 P");
      },
      STILL,
    );
  });

  test("by keyboard alone: steps, ends, play, speed, and the events", async () => {
    await withPage(
      "#watch",
      async (page) => {
        await page.getByRole("heading", { level: 2 }).first().waitFor();
        await page.keyboard.press("Home");
        expect(await positionOf(page)).toBe(0);
        await page.keyboard.press("ArrowRight");
        await page.keyboard.press("ArrowRight");
        await page.keyboard.press("ArrowLeft");
        expect(await positionOf(page)).toBe(1);
        await page.keyboard.press("]");
        expect(await page.getByRole("combobox", { name: words.speed }).inputValue()).toBe("2");
        await page.keyboard.press(" ");
        await page.getByRole("button", { name: words.pause, exact: true }).waitFor();
        await page.keyboard.press(" ");
        await page.getByRole("button", { name: words.play, exact: true }).waitFor();
        const events = page.getByRole("listbox", { name: words.events }).nth(1);
        await events.focus();
        await page.keyboard.press("Home");
        await page.keyboard.press("ArrowDown");
        expect(await events.getByRole("option", { selected: true }).textContent()).toContain("n2 is ready");
        const preset = page.getByRole("button", { name: watch.presetNames.frozen[0], exact: true });
        await preset.focus();
        await page.keyboard.press("Enter");
        await part(page, 1).getByText(/v4/).first().waitFor();
      },
      STILL,
    );
  });

  test("after a choice by mouse the space bar plays and pauses; by keyboard the focus stays", async () => {
    await withPage(
      "#watch",
      async (page) => {
        const playing = (name: string) => page.getByRole("button", { name, exact: true }).waitFor();
        const preset = (name: "one" | "frozen") =>
          page.getByRole("button", { name: watch.presetNames[name][0], exact: true });
        await preset("frozen").click();
        await part(page, 1).getByText(/v4/).first().waitFor();
        await page.keyboard.press(" ");
        await playing(words.pause);
        await part(page, 0).getByRole("button", { name: told.showWrong }).click();
        await playing(words.play);
        const at = await positionOf(page);
        await page.keyboard.press(" ");
        await playing(words.pause);
        await page.keyboard.press(" ");
        await playing(words.play);
        expect(await positionOf(page)).toBeGreaterThanOrEqual(at);
        await page.getByRole("link", { name: text.modes.watch }).click();
        await page.keyboard.press(" ");
        await playing(words.pause);
        expect(await page.evaluate(() => scrollY)).toBe(0);
        await preset("one").focus();
        await page.keyboard.press("Enter");
        await part(page, 0).getByText(/v1/).first().waitFor();
        expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(watch.presetNames.one[0]);
      },
      STILL,
    );
  });

  test("a changed parameter plays at once, as Node plays it", async () => {
    const story = { ...overtaken.story, nodes: [{ paceMs: 6 }, { paceMs: 8 }] };
    const { verdict } = await runStory(stageOf("v1"), story, 1);
    await withPage(
      "#watch",
      async (page) => {
        await page.getByRole("spinbutton", { name: watch.pace(1), exact: true }).fill("6");
        const { wrong = 0, people = 0 } = verdict[0] ?? {};
        const line = wrong === 0 ? told.right("BLUE") : told.wrong(wrong, people);
        await part(page, 0).getByText(line).waitFor();
      },
      STILL,
    );
  });

  test.each([
    [watch.people, "0", "steps must be a whole number from 1 to 1000, not 0"],
    [watch.pace(1), "", "paceMs of n1 must be a whole number from 0 to 100000, not NaN"],
    [watch.at(2), "-1", "the time of blue must be a whole number from 0 to 1000000, not -1"],
    [watch.seed, "1.5", watch.badSeed(2_147_483_647)],
  ])("an impossible story (%s: %j) is one line, and nothing is lost", async (name, value, why) => {
    await withPage(
      "#watch",
      async (page) => {
        const field = page.getByRole("spinbutton", { name, exact: true });
        const good = await field.inputValue();
        await field.fill(value);
        await page.getByRole("alert").getByText(watch.impossible(why)).waitFor();
        await part(page, 0).getByText(told.wrong(7, 12)).waitFor();
        await field.fill(good);
        await page.getByRole("alert").waitFor({ state: "detached" });
      },
      STILL,
    );
  });

  test("a moment is a link, which a second page opens; a cut one says why, and a story plays", async () => {
    const state = { ...frozen, position: 44 };
    const link = await encode("watch", toLink(state));
    await withPage(
      `#watch/${link}`,
      async (page) => {
        await part(page, 1).getByText(/v4/).first().waitFor();
        expect(await positionOf(page)).toBe(44);
        await page.keyboard.press("ArrowRight");
        const written = () => decodeAs("watch", new URL(page.url()).hash.split("/")[1] ?? "");
        await expect
          .poll(written)
          .toEqual({ ok: true, kind: "watch", value: { ...toLink(state), moment: 45 } });
      },
      STILL,
    );
    await withPage(`#watch/${link.slice(0, -9)}`, async (page) => {
      await page.getByRole("alert").getByText(text.link.cut).waitFor();
      await part(page, 0).getByText(told.wrong(7, 12)).waitFor();
    });
  });

  test("360 pixels wide: each list has room for its longest word, and the time for its number", async () => {
    await withPage(
      "#watch",
      async (page) => {
        await page.getByRole("spinbutton", { name: watch.at(2), exact: true }).waitFor();
        const cut = await page.evaluate(
          () =>
            [...document.querySelectorAll<HTMLSelectElement>(".command select")].filter((list) => {
              const whole = list.cloneNode(true) as HTMLSelectElement;
              whole.style.cssText = "position: absolute; width: max-content; max-width: none";
              list.parentElement?.append(whole);
              const isCut = whole.offsetWidth > list.offsetWidth;
              whole.remove();
              return isCut;
            }).length,
        );
        expect(cut).toBe(0);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      },
      { ...STILL, viewport: { width: 360, height: 800 } },
    );
  });

  test("embedded it is one scene, without the rest", async () => {
    const link = await encode("watch", toLink(frozen));
    await withPage(`?embed#watch/${link}`, async (page) => {
      await part(page, 1).locator("canvas").waitFor();
      expect(await page.getByRole("form").count()).toBe(0);
      expect(await page.locator(".code").count()).toBe(0);
    });
  });

  test.each([
    ["light", 1280],
    ["dark", 360],
  ] as const)("axe finds nothing: %s, %i wide", async (colorScheme, width) => {
    await withPage(
      "#watch",
      async (page) => {
        await part(page, 1).locator("canvas").waitFor();
        await seek(page, 40);
        expect(await axeFinds(page)).toEqual([]);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(wide).toBeLessThanOrEqual(width);
      },
      { ...STILL, colorScheme, viewport: { width, height: 800 } },
    );
  });
});
