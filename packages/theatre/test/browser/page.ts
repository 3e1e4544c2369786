/**
 * `withPage`: a test's own page in a browser. Import this file from a test below `inCi`, or `describe.skipIf(!hasChromium)`.
 *
 * One browser for each test file; a fresh profile (storage, clipboard rights, emulated wishes) for each page.
 */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, describe, inject } from "vitest";
import { hasChromium, launch } from "./chromium.ts";
import { noteProblems } from "./problems.ts";

export { hasChromium } from "./chromium.ts";

/** A browser is the heaviest program that a test starts. A short run opens the page; what people do there is tried in CI. */
export const inCi = describe.skipIf(!hasChromium || process.env.SHORT_TESTS === "1");

export interface PageOptions extends BrowserContextOptions {
  /** The page of a test's own program instead of the theatre: a file below `probe/`. */
  readonly probe?: string;
  /** The address of another server that shows the theatre, without the hash: a live play's, say. */
  readonly at?: string;
  /** Before the address is opened: to take something away from the browser, say. */
  readonly before?: (page: Page) => Promise<unknown>;
  /** Problems that this test provokes on purpose. */
  readonly allow?: RegExp;
}

let browser: Promise<Browser> | undefined;

afterAll(async () => (await browser)?.close());

/**
 * Opens the page at `hash` ("#watch", or "?embed#watch/…"), runs `use`, and closes it. Throws what `use` throws; and when
 * the page wrote an error or a warning to its console, broke its policy, or asked another host for anything.
 */
export async function withPage<T>(
  hash: string,
  use: (page: Page) => Promise<T>,
  { probe, at, before, allow, ...wishes }: PageOptions = {},
): Promise<T> {
  browser ??= launch();
  const context = await (await browser).newContext({
    viewport: { width: 1280, height: 800 },
    locale: "en",
    ...wishes,
  });
  try {
    const site = inject("site");
    const base = at ?? (probe === undefined ? site.page : site.probe + probe);
    const problems = noteProblems(context, new URL(base).origin);
    const page = await context.newPage();
    await before?.(page);
    await page.goto(base + hash);
    if (probe === undefined) await page.locator("main").waitFor();
    const result = await use(page);
    const unexpected = problems.filter((line) => !allow?.test(line));
    if (unexpected.length > 0) throw new Error(`on the page: ${unexpected.join("; ")}`);
    return result;
  } finally {
    await context.close();
  }
}
