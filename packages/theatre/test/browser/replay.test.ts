import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runStory, stageOf } from "@shirts/sim";
import { areaName, type TraceEvent } from "@shirts/story";
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { text } from "../../src/text.ts";
import { linesOf } from "../../src/trace-file/save-trace.ts";
import { LIMITS } from "../../src/trace-file/trace-reader.ts";
import { axeFinds } from "./axe.ts";
import { inCi, withPage } from "./page.ts";

const words = text.replay;

const story = {
  steps: 12,
  nodes: [{ paceMs: 20 }, { paceMs: 8 }],
  commands: [
    { atMs: 0, area: "north-america", shirt: "purple" },
    { atMs: 40, area: "north-america", shirt: "blue" },
  ],
  faults: [],
  latencyMs: 5,
} as const;

const traceOfV1 = async (): Promise<string> => linesOf((await runStory(stageOf("v1"), story, 1)).trace);

const choose = (page: Page, name: string, content: string | Buffer) =>
  page
    .getByLabel(words.choose)
    .setInputFiles({ name, mimeType: "application/octet-stream", buffer: Buffer.from(content) });

/** So many events take some seconds to read, and a busy machine takes longer. */
const LONG_MS = 240_000;
/** What the page may hold of a list, however long it is. */
const ROWS_MAX = 80;

const rowsIn = (page: Page) => page.locator(".event-list [role=option]");

/** A row that is whole within its list. */
const isInSight = (row: Locator): Promise<boolean> =>
  row.evaluate((it) => {
    const list = it.closest("[role=listbox]")?.getBoundingClientRect();
    const at = it.getBoundingClientRect();
    return list !== undefined && at.height > 20 && at.top >= list.top - 1 && at.bottom <= list.bottom + 1;
  });

/** The story again and again, one after the other. Returns how many events there are: an even number, `least` or more. */
async function writeLongTrace(file: string, least: number): Promise<number> {
  const { trace } = await runStory(stageOf("v1"), story, 1);
  const even = trace.length % 2 === 0 ? trace : trace.slice(0, -1);
  const until = (even.at(-1)?.at ?? 0) + 100;
  const { length: commands } = story.commands;
  const lines = Array.from({ length: Math.ceil(least / even.length) }, (_, round) =>
    linesOf(
      even.map((event) => ({
        ...event,
        at: event.at + round * until,
        ...("command" in event && {
          command: { ...event.command, revision: event.command.revision + round * commands },
        }),
      })) as TraceEvent[],
    ),
  );
  await writeFile(file, lines.join(""));
  return lines.length * even.length;
}

/** Drops a file on the page, as a person does. */
async function drop(page: Page, name: string, content: string): Promise<void> {
  const data = await page.evaluateHandle(
    ([fileName, fileText]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([fileText], fileName));
      return transfer;
    },
    [name, content] as const,
  );
  await page.dispatchEvent(".replay", "drop", { dataTransfer: data });
}

inCi("replay (in CI)", () => {
  test("a trace of the simulator is dropped, and scrubbed to where it ends wrong", async () => {
    const lines = await traceOfV1();
    const events = lines.trim().split("\n").length;
    await withPage("#replay", async (page) => {
      await drop(page, "race.jsonl", lines);
      await page.getByText(words.opened("race.jsonl", events, 12)).waitFor();
      await page.getByText(words.simulated).waitFor();
      const slider = page.getByRole("slider");
      await slider.press("End");
      await expect.poll(() => slider.inputValue()).toBe(String(events));
      await page.getByText(areaName("north-america")).first().waitFor();
    });
  });

  test("a trace that is pasted opens, and another one can be opened then", async () => {
    const lines = readFileSync(
      new URL("../../../demo/test/traces/v3-woke-up.jsonl", import.meta.url),
      "utf8",
    );
    await withPage("#replay", async (page) => {
      await page.evaluate((clip) => {
        const data = new DataTransfer();
        data.setData("text", clip);
        const box = document.querySelector("textarea");
        box?.dispatchEvent(
          new ClipboardEvent("paste", { clipboardData: data, cancelable: true, bubbles: true }),
        );
      }, lines);
      await page.getByText(/^The pasted text: 58 events/).waitFor();
      await page.getByRole("button", { name: words.other }).click();
      await page.getByLabel(words.choose).waitFor();
    });
  });

  test("a script inside is text: in names, in reasons and in broken lines", async () => {
    const evil = '<img src=x onerror="globalThis.ran=1"><script>globalThis.ran=1</script>';
    const lines = [
      JSON.stringify({ type: "ready", node: evil.slice(0, 50), at: 0 }),
      JSON.stringify({ type: "crashed", reason: evil, node: "n1", at: 1 }),
      JSON.stringify({ type: evil, node: "n1", at: 2 }),
      evil,
      JSON.stringify({ type: "blocked", reason: `javascript:${evil}`, node: "n2", at: 3 }),
    ];
    await withPage("#replay", async (page) => {
      await choose(page, `${evil}.jsonl`.replaceAll("/", ""), lines.join("\n"));
      await page.getByText(words.problems(2)).waitFor();
      await page.getByText("line 4 is not JSON").waitFor();
      await page.getByRole("slider").press("End");
      await expect.poll(() => page.getByRole("slider").inputValue()).toBe("3");
      expect(await page.evaluate(() => "ran" in globalThis)).toBe(false);
      expect(await page.locator("main img, main script").count()).toBe(0);
      expect(await page.locator("main").textContent()).toContain("<img src=x onerror=");
    });
  });

  test("planted: a name that is put into the page as HTML would be noticed", async () => {
    const opened = withPage("#replay", async (page) => {
      await page.evaluate(() => {
        document
          .querySelector(".replay")
          ?.insertAdjacentHTML("beforeend", '<img src="x" onerror="globalThis.ran=1">');
      });
      await page.waitForFunction(() => (document.querySelector(".replay img") as HTMLImageElement).complete);
      expect(await page.locator("main img").count()).toBe(1);
    });
    await expect(opened).rejects.toThrow(/script-src|404/);
  });

  test.each([
    ["a picture", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 1]), /It is no text/],
    ["nothing", "", /It is empty/],
    ["a web page", "<!doctype html><title>x</title>", /No line is a trace event: line 1 is not JSON\./],
  ] as const)("%s is one clear line, and what was open stays open", async (_, content, why) => {
    const lines = await traceOfV1();
    await withPage("#replay", async (page) => {
      await choose(page, "x.jsonl", content);
      await page.getByRole("alert").getByText(why).waitFor();
      await choose(page, "good.jsonl", lines);
      await page.getByText(/^good\.jsonl: /).waitFor();
      await drop(page, "bad.jsonl", typeof content === "string" ? content : "\0");
      await page
        .getByRole("alert")
        .getByText(/^bad\.jsonl is no trace\./)
        .waitFor();
      await page.getByText(/^good\.jsonl: /).waitFor();
    });
  });

  test(
    "a huge file is read as far as it is good for, and the page says so and lives",
    async () => {
      const [line = ""] = (await traceOfV1()).split("\n");
      await withPage("#replay", async (page) => {
        await page.evaluate(
          ([one, lines]) => {
            const piece = `${one}\n`.repeat(1000);
            const file = new File(Array<string>(lines / 1000).fill(piece), "huge.jsonl");
            const transfer = new DataTransfer();
            transfer.items.add(file);
            const event = new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: transfer });
            document.querySelector(".replay")?.dispatchEvent(event);
          },
          [line, LIMITS.events + 1000] as const,
        );
        await page.getByText(words.cut(LIMITS.events)).waitFor({ timeout: LONG_MS });
        await page.getByRole("slider").press("End");
        await expect
          .poll(() => page.getByRole("slider").inputValue(), { timeout: LONG_MS })
          .toBe(String(LIMITS.events));
        expect(await rowsIn(page).count()).toBeLessThan(ROWS_MAX);
      });
    },
    2 * LONG_MS,
  );

  test(
    "of 200,000 events the page holds the rows in sight, and the keyboard and a screen reader reach all",
    async () => {
      const folder = await mkdtemp(join(tmpdir(), "long-trace-"));
      const file = join(folder, "long.jsonl");
      const events = await writeLongTrace(file, 200_000);
      try {
        await withPage("#replay", async (page) => {
          await page.getByLabel(words.choose).setInputFiles(file);
          const list = page.getByRole("listbox", { name: text.player.events });
          await list.waitFor({ timeout: LONG_MS });
          const selected = list.getByRole("option", { selected: true });
          const isAt = async (position: number) => {
            await expect.poll(() => selected.getAttribute("aria-posinset")).toBe(String(position));
            expect(await selected.getAttribute("aria-setsize")).toBe(String(events));
            expect(await list.getAttribute("aria-activedescendant")).toBe(await selected.getAttribute("id"));
            await expect.poll(() => isInSight(selected)).toBe(true);
            expect(await rowsIn(page).count()).toBeLessThan(ROWS_MAX);
          };
          await list.focus();
          await page.keyboard.press("End");
          await isAt(events);
          await page.keyboard.press("PageUp");
          await isAt(events - 10);
          await page.keyboard.press("ArrowUp");
          await isAt(events - 11);
          await page.keyboard.press("Home");
          await isAt(1);
          // The bar of the list: what is selected stays in the page, though nobody sees it.
          await list.evaluate((it) => {
            it.scrollTop = (it.scrollHeight - it.clientHeight) / 2;
          });
          const middle = list.locator(`[aria-posinset="${events / 2}"]`);
          await expect.poll(() => isInSight(middle)).toBe(true);
          expect(await selected.getAttribute("aria-posinset")).toBe("1");
          expect(await list.evaluate((it) => document.activeElement === it)).toBe(true);
          await page.keyboard.press("ArrowDown");
          await isAt(2);
          await page.getByRole("slider").fill(String(events / 2));
          await isAt(events / 2);
          await middle.click();
          await isAt(events / 2);
          expect(await axeFinds(page)).toEqual([]);
        });
      } finally {
        await rm(folder, { recursive: true });
      }
    },
    2 * LONG_MS,
  );

  test("an address of a trace that is not there says so; one of another server is not asked", async () => {
    await withPage(
      `#replay/${"a".repeat(22)}/gone.jsonl`,
      async (page) => page.getByRole("alert").getByText(words.notThere).waitFor(),
      { allow: /404/ },
    );
    for (const state of ["//elsewhere.example/a.jsonl", "..%2f..%2fa", `${"a".repeat(22)}/../../a.jsonl`])
      await withPage(`#replay/${state}`, (page) => page.getByLabel(words.choose).waitFor());
  });
});
