/** Frames of ten nodes and a million people, and scrubbing in a long story. Nothing is asserted: machines differ. */
import { runStory, type Story, stageOf } from "@shirts/sim";
import type { Browser, Page } from "playwright-core";
import { encode } from "../src/link/link.ts";
import { presets } from "../src/modes/watch/presets.ts";
import { text } from "../src/text.ts";
import { launch } from "../test/browser/chromium.ts";
import { startSite } from "../test/browser/site.ts";

const FRAME_MS = 1000 / 60;
/** The browser's clock is coarse: a frame this much later is still the next one. */
const SLACK_MS = 1;
const FRAMES = 600;
const SEEKS = 200;
const OPENINGS = 10;
const EVENTS = 2000;

const { million } = presets;

export async function tellFrames(): Promise<void> {
  const site = await startSite();
  const browser = await launch();
  try {
    await tellOpening(browser, site.page);
    await tellPlaying(browser, site.page);
    await tellScrubbing(browser, site.page);
  } finally {
    await browser.close();
    await site.close();
  }
}

async function openStory(browser: Browser, base: string, story: Story, isStill: boolean): Promise<Page> {
  const page = await browser.newPage({
    viewport: { width: 1280, height: 800 },
    reducedMotion: isStill ? "reduce" : "no-preference",
  });
  await page.goto(`${base}#watch/${await encode("watch", { stage: "v4", story, seed: 1, moment: 0 })}`);
  await page.getByRole("slider", { name: text.player.scrub }).waitFor();
  return page;
}

/** From a link to a page that can be used. The first one also builds the page, so it is not counted. */
async function tellOpening(browser: Browser, base: string): Promise<void> {
  const spent: number[] = [];
  for (let round = 0; round <= OPENINGS; round++) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const began = performance.now();
    await page.goto(`${base}#watch`);
    await page.getByRole("slider", { name: text.player.scrub }).waitFor();
    if (round > 0) spent.push(performance.now() - began);
    await page.close();
  }
  console.log(`The page opens, until it can be used: ${shares(spent)}.`);
}

async function tellPlaying(browser: Browser, base: string): Promise<void> {
  const page = await openStory(browser, base, million.story, false);
  const play = page.getByRole("button", { name: text.player.play, exact: true });
  if (await play.count()) await play.click();
  const slider = page.getByRole("slider", { name: text.player.scrub });
  const cpuMs = await cpuClock(page);
  const before = await cpuMs();
  const { gaps, events } = await slider.evaluate(async (element, frames) => {
    const input = element as HTMLInputElement;
    const at: number[] = [];
    // To the story's end, and no further: a page at rest loses no frame.
    while (at.length <= frames && input.value !== input.max)
      at.push(await new Promise<number>((resolve) => requestAnimationFrame(resolve)));
    return { gaps: at.slice(1).map((time, i) => time - (at[i] ?? 0)), events: Number(input.value) };
  }, FRAMES);
  const worked = ((await cpuMs()) - before) / gaps.length;
  const late = gaps.filter((gap) => gap > FRAME_MS + SLACK_MS).length;
  console.log(
    `Ten nodes, a million people, the first ${events} events: ${late} of ${gaps.length} frames (${((late / gaps.length) * 100).toFixed(1)} %) took more than 16.7 ms; the longest ${Math.max(...gaps).toFixed(0)} ms. For each frame the page's own thread worked ${worked.toFixed(1)} ms.`,
  );
  await page.close();
}

/** The story of ten nodes with so many people that it has enough events. */
async function longStory(): Promise<{ story: Story; events: number }> {
  for (let steps = 200; ; steps += 50) {
    const story = { ...million.story, steps };
    const events = (await runStory(stageOf("v4"), story, 1)).trace.length;
    if (events >= EVENTS) return { story, events };
  }
}

async function tellScrubbing(browser: Browser, base: string): Promise<void> {
  const { story, events } = await longStory();
  const page = await openStory(browser, base, story, true);
  const slider = page.getByRole("slider", { name: text.player.scrub });
  const cpuMs = await cpuClock(page);
  // Near and far in turn, the same places each time.
  const places = Array.from({ length: SEEKS }, (_, i) => (i * 7919) % events);
  const spent: number[] = [];
  const worked: number[] = [];
  for (const place of places) {
    const before = await cpuMs();
    spent.push(await slider.evaluate(scrubTo, place));
    worked.push((await cpuMs()) - before);
  }
  console.log(
    `Scrubbing in a story of ${events} events, from the move of the slider to the drawn frame: ${shares(spent)}. Of it the page's own thread worked ${shares(worked)}: the rest is what others do on this machine.`,
  );
  await page.close();
}

/** In the browser: moves the slider, and gives the milliseconds until the frame has been drawn. */
async function scrubTo(element: Element, place: number): Promise<number> {
  const input = element as HTMLInputElement;
  const began = performance.now();
  input.value = String(place);
  input.dispatchEvent(new Event("input", { bubbles: true }));
  // The message arrives when the frame has been drawn.
  await new Promise((resolve) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(undefined);
    }),
  );
  return performance.now() - began;
}

/** A clock of the milliseconds for which the page's thread has had a core. */
async function cpuClock(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  return async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0);
  };
}

function shares(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => `${(sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(0)} ms`;
  return `${at(0.5)} in the middle, ${at(0.95)} for 95 of 100, ${at(1)} at most`;
}
