import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { text } from "../../src/text.ts";
import { inCi, withPage } from "./page.ts";

const copy = (page: Page) => page.getByRole("button", { name: text.link.copy }).click();

inCi("the button that copies a link (in CI)", () => {
  test("puts it into the clipboard, without the query", async () => {
    await withPage(
      "?embed&token=secret#chance",
      async (page) => {
        await copy(page);
        await page.getByText(text.link.copied).waitFor();
        const copied = await page.evaluate(() => navigator.clipboard.readText());
        expect(copied).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/some\/where\/theatre\/#chance\/1\.[\w-]+$/);
      },
      { permissions: ["clipboard-read", "clipboard-write"] },
    );
  });

  test.each([
    [
      "refuses",
      () => Object.assign(navigator.clipboard, { writeText: () => Promise.reject(new Error("no")) }),
    ],
    ["is not there", () => Object.defineProperty(navigator, "clipboard", { value: undefined })],
  ] as const)("where the clipboard %s, it shows the link to copy by hand", async (_, take) => {
    await withPage(
      "#chance",
      async (page) => {
        await copy(page);
        const field = page.getByRole("textbox", { name: text.link.copyByHand });
        const link = await field.inputValue();
        expect(link).toContain("#chance/1.");
        const selected = () => field.evaluate((node: HTMLInputElement) => node.selectionEnd);
        await expect.poll(selected).toBe(link.length);
      },
      { before: (page) => page.addInitScript(take) },
    );
  });

  test("without CompressionStream it says so in one line", async () => {
    await withPage(
      "#chance",
      async (page) => {
        await copy(page);
        await page.getByText(text.link.noCompression).waitFor();
      },
      { before: (page) => page.addInitScript(() => Reflect.deleteProperty(globalThis, "CompressionStream")) },
    );
  });
});

inCi("?embed (in CI)", () => {
  test("shows one scene without the rest, and the way to the whole page", async () => {
    await withPage("?embed#chance", async (page) => {
      await page.getByRole("heading", { name: text.chance.title }).waitFor();
      expect(await page.getByRole("navigation").count()).toBe(0);
      const whole = page.getByRole("link", { name: text.embed });
      expect(await whole.getAttribute("href")).toMatch(/\/theatre\/#chance\/?$/);
    });
  });
});
