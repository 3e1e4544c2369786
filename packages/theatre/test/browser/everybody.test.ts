/** What holds for every mode of the page: for those who see badly, use no mouse, want no motion, or have a small screen. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { modes } from "../../src/address.ts";
import { axeFinds } from "./axe.ts";
import { markTargets, tabThrough } from "./keyboard.ts";
import { inCi, withPage } from "./page.ts";

const sticksOut = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

inCi("for everybody (in CI)", () => {
  test.each(
    modes.flatMap((mode) => [
      [mode, "light", 1280] as const,
      [mode, "dark", 360] as const,
      [mode, "light", 360] as const,
      [mode, "dark", 1280] as const,
    ]),
  )("%s, %s, %d pixels wide: axe finds nothing, and nothing sticks out", async (mode, colorScheme, width) => {
    await withPage(
      `#${mode}`,
      async (page) => {
        expect(await axeFinds(page)).toEqual([]);
        expect(await sticksOut(page)).toBeLessThanOrEqual(0);
      },
      { colorScheme, viewport: { width, height: 800 }, reducedMotion: "reduce" },
    );
  });

  test.each(modes)("%s embedded in another page: axe finds nothing, and nothing sticks out", async (mode) => {
    await withPage(
      `?embed#${mode}`,
      async (page) => {
        expect(await axeFinds(page)).toEqual([]);
        expect(await sticksOut(page)).toBeLessThanOrEqual(0);
      },
      { viewport: { width: 360, height: 500 }, reducedMotion: "reduce" },
    );
  });

  test.each(modes)("%s: the keyboard alone reaches everything, and one sees where it is", async (mode) => {
    await withPage(
      `#${mode}`,
      async (page) => {
        const targets = await markTargets(page);
        const stops = await tabThrough(page);
        expect(targets.length).toBeGreaterThanOrEqual(modes.length);
        expect(stops.map(({ name }) => name).toSorted()).toEqual(targets.toSorted());
        expect(stops.filter(({ isOutlined }) => !isOutlined)).toEqual([]);
      },
      { reducedMotion: "reduce" },
    );
  });

  test.each(modes)("%s: nothing moves for somebody who wants no motion", async (mode) => {
    await withPage(
      `#${mode}`,
      async (page) => {
        expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
        expect(await page.getByRole("button", { name: "Pause", exact: true }).count()).toBe(0);
      },
      { reducedMotion: "reduce" },
    );
  });

  test("planted: a picture without words, grey on grey, a field wider than the screen, and what only a mouse can use", async () => {
    await withPage(
      "#chance",
      async (page) => {
        await page.evaluate(() => {
          const picture = document.createElement("img");
          picture.src = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=";
          const grey = document.createElement("p");
          grey.textContent = "grey on grey";
          grey.style.color = "#999";
          grey.style.backgroundColor = "#bbb";
          const wide = document.createElement("div");
          wide.style.width = "400px";
          wide.style.height = "1px";
          const mouse = document.createElement("button");
          mouse.textContent = "only by mouse";
          mouse.tabIndex = -1;
          mouse.style.outline = "none";
          document.querySelector("main")?.append(picture, grey, wide, mouse);
        });
        const found = (await axeFinds(page)).join("\n");
        expect(found).toContain("image-alt: ");
        expect(found).toContain("color-contrast: ");
        expect(await sticksOut(page)).toBeGreaterThan(0);
        const targets = await markTargets(page);
        const names = (await tabThrough(page)).map(({ name }) => name);
        expect(targets.filter((name) => !names.includes(name))).toEqual([
          expect.stringContaining("only by mouse"),
        ]);
      },
      { viewport: { width: 360, height: 800 } },
    );
  });
});
