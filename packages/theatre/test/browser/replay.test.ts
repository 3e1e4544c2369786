import { readFileSync } from "node:fs";
import { runStory, stageOf } from "@shirts/sim";
import { areaName } from "@shirts/story";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { text } from "../../src/text.ts";
import { linesOf } from "../../src/trace-file/save-trace.ts";
import { LIMITS } from "../../src/trace-file/trace-reader.ts";
import { hasChromium, withPage } from "./page.ts";

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

describe.skipIf(!hasChromium)("replay", () => {
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

  test("a huge file is read as far as it is good for, and the page says so and lives", async () => {
    const [line = ""] = (await traceOfV1()).split("\n");
    await withPage("#replay", async (page) => {
      const size = await page.evaluate(async (one) => {
        const piece = `${one}\n`.repeat(Math.ceil(1_000_000 / one.length));
        const file = new File(Array<string>(60).fill(piece), "huge.jsonl");
        const transfer = new DataTransfer();
        transfer.items.add(file);
        const event = new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: transfer });
        document.querySelector(".replay")?.dispatchEvent(event);
        return file.size;
      }, line);
      expect(size).toBeGreaterThan(32 * 1024 * 1024);
      await page.getByText(words.cut).waitFor();
      await page.getByRole("slider").press("End");
      await expect.poll(() => page.getByRole("slider").inputValue()).toBe(String(LIMITS.events));
    });
  });

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
