import { someOf } from "@shirts/command-line/testing";
import { describe, expect, test } from "vitest";
import { modes } from "../../src/address.ts";
import { text } from "../../src/text.ts";
import { hasChromium, withPage } from "./page.ts";

describe.skipIf(!hasChromium)("the page", () => {
  test.each(someOf(2, modes))(
    "%s opens below a path, says nothing to the console, and asks no other host",
    async (mode) => {
      await withPage(`#${mode}`, async (page) => {
        await page.getByRole("heading", { level: 1, name: text.title }).waitFor();
        const here = page.getByRole("link", { name: text.modes[mode], exact: true });
        expect(await here.getAttribute("aria-current")).toBe("page");
      });
    },
  );

  test("holds no inline script and no inline style", async () => {
    await withPage("", async (page) => {
      const html = await (await page.request.get(page.url())).text();
      expect(html).toContain("<script");
      expect(html.match(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:/g)).toBeNull();
    });
  });

  test.each([
    ["an error", (): void => console.error("oh"), "console", "console error: oh"],
    [
      "an inline script",
      () => {
        const script = document.createElement("script");
        script.textContent = "globalThis.ran = true";
        document.head.append(script);
      },
      "console",
      "Content Security Policy directive 'script-src 'self''",
    ],
    [
      "a question to another host",
      (): void => void fetch("http://elsewhere.example/").catch(String),
      "console",
      "Content Security Policy directive: \"connect-src 'self'\"",
    ],
    ["a missing file", (): void => void fetch("nothing.json").catch(String), "console", "404: http"],
    [
      "a way to another host",
      (): void => location.assign("http://elsewhere.example/"),
      "requestfailed",
      "request to another host: http://elsewhere.example/",
    ],
  ] as const)("planted: %s is noticed", async (_, fault, event, line) => {
    const opened = withPage("", async (page) => {
      const told = event === "console" ? page.waitForEvent("console") : page.waitForEvent("requestfailed");
      await page.evaluate(fault);
      await told;
    });
    await expect(opened).rejects.toThrow(line);
  });
});
