import { runStory, stageOf } from "@shirts/sim";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { decodeAs, encode } from "../../src/link/link.ts";
import { SETTING, storyAt } from "../../src/modes/chance/setting.ts";
import { text } from "../../src/text.ts";
import { inCi, withPage } from "./page.ts";

const { chance: words } = text;

/** Plays until the mark has a story of v2, and stops. */
async function playSome(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Play [\d,]+ stories$/ }).click();
  await page.getByRole("button", { name: words.playWrong("v1", 1) }).waitFor();
  await page.getByRole("button", { name: words.stop }).click();
  await page.getByText(words.state.stopped).waitFor();
}

/** "5 of 44 wrong" of a stage at the mark. */
async function atMark(page: Page, stage: string): Promise<{ wrong: number; stories: number }> {
  const row = await page.locator(".chance-at-mark li", { hasText: stage }).locator(".numbers").textContent();
  const [, wrong, stories] = /(\d+) of (\d+) wrong/.exec(row ?? "") ?? [];
  return { wrong: Number(wrong), stories: Number(stories) };
}

async function expectAsInNode(page: Page): Promise<void> {
  for (const stage of ["v1", "v2"]) {
    const { wrong, stories } = await atMark(page, stage);
    expect(stories).toBeGreaterThan(0);
    let expected = 0;
    for (let seed = 1; seed <= stories; seed++) {
      const { broken } = await runStory(stageOf(stage), storyAt(SETTING, "gap", 4), seed);
      if ("last command wins" in broken) expected++;
    }
    expect({ stage, wrong }).toEqual({ stage, wrong: expected });
  }
}

inCi("chance (in CI)", () => {
  test("counts in a Web Worker what Node counts, stops, and goes on from there", async () => {
    await withPage("#chance", async (page) => {
      // Not before the reader has guessed.
      expect(await page.getByText(words.hint).count()).toBe(0);
      await playSome(page);
      await page.getByText(words.hint).waitFor();
      await expectAsInNode(page);
      const { stories } = await atMark(page, "v2");
      await page.getByRole("button", { name: words.goOn }).click();
      await page.waitForFunction(
        (before) =>
          Number(/of (\d+) wrong/.exec(document.querySelector(".numbers")?.textContent ?? "")?.[1]) > before,
        stories,
      );
      await page.getByRole("button", { name: words.stop }).click();
      await expectAsInNode(page);
    });
  });

  test.each([
    ["no workers", () => Reflect.deleteProperty(globalThis, "Worker")],
    [
      "worker failed",
      () => {
        const { Worker } = globalThis;
        globalThis.Worker = class extends Worker {
          constructor() {
            super("data:text/javascript,");
          }
        };
      },
    ],
  ] as const)("%s: it says so, and plays on the page itself", async (why, take) => {
    await withPage(
      "#chance",
      async (page) => {
        await playSome(page);
        await page.getByText(words.onPage[why]).waitFor();
        await expectAsInNode(page);
      },
      { before: (page) => page.addInitScript(take), allow: /worker-src/ },
    );
  });

  test("a story of the mark opens in watch, with its seed", async () => {
    await withPage("#chance", async (page) => {
      await playSome(page);
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
      expect(await page.evaluate(() => scrollY)).toBeGreaterThan(0);
      await page.getByRole("button", { name: words.playWrong("v1", 1) }).click();
      await page.waitForURL(/#watch\/1\./);
      await page.locator(".part canvas").first().waitFor();
      expect(await page.evaluate(() => scrollY)).toBe(0);
      const state = new URL(page.url()).hash.split("/")[1] ?? "";
      const story = storyAt(SETTING, "gap", 4);
      const value = { stage: "v1", beside: "v4", story, seed: 1 };
      expect(await decodeAs("watch", state)).toEqual({ ok: true, kind: "watch", value });
      await page.goBack();
      // What was counted is still there.
      await page.getByRole("button", { name: words.playWrong("v1", 1) }).waitFor();
    });
  });

  test("the slider moves the mark, and the address follows", async () => {
    await withPage("#chance", async (page) => {
      const slider = page.getByRole("slider", { name: words.mark });
      await slider.press("End");
      await page.getByRole("heading", { name: words.atMark("120 ms between the commands") }).waitFor();
      await page.waitForURL(/#chance\/1\./);
      const state = new URL(page.url()).hash.split("/")[1] ?? "";
      expect(await decodeAs("chance", state)).toMatchObject({ ok: true, value: { axis: "gap", mark: 24 } });
    });
  });

  test("360 pixels wide: the name of each axis is whole", async () => {
    await withPage(
      "#chance",
      async (page) => {
        for (const name of Object.values(words.axis)) {
          await page.getByRole("radio", { name }).check();
          const label = page.locator(".chance-plot text", { hasText: `${name} (` });
          const inside = await label.evaluate((it) => {
            const [inner, outer] = [it, it.closest("svg") as Element].map((one) =>
              one.getBoundingClientRect(),
            );
            return inner && outer && inner.left >= outer.left && inner.right <= outer.right;
          });
          expect({ name, inside }).toEqual({ name, inside: true });
        }
      },
      { viewport: { width: 360, height: 800 } },
    );
  });

  test("a link opens the same in a second page; a cut one says why, and loses nothing", async () => {
    const link = await encode("chance", { axis: "ratio", mark: 3, setting: { ...SETTING, latencyMs: 33 } });
    await withPage(`#chance/${link}`, async (page) => {
      await page.getByRole("heading", { name: words.atMark("a step of n2 takes 50 % of n1's") }).waitFor();
      expect(await page.getByLabel(words.setting.latencyMs).inputValue()).toBe("33");
      await page.evaluate((cut) => location.assign(`#chance/${cut}`), link.slice(0, 30));
      await page.getByRole("alert").getByText(text.link.cut).waitFor();
      expect(await page.getByLabel(words.setting.latencyMs).inputValue()).toBe("33");
    });
  });

  test("other stories begin anew, and what is no number of the range changes nothing", async () => {
    await withPage("#chance", async (page) => {
      await playSome(page);
      const people = page.getByLabel(words.setting.people);
      await people.fill("4000");
      await people.press("Tab");
      expect(await people.inputValue()).toBe("10");
      await page.getByText(words.state.stopped).waitFor();
      await people.fill("20");
      await people.press("Tab");
      await page.getByText(words.played("0", "50,000")).waitFor();
    });
  });
});
