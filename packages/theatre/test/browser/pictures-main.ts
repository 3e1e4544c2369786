/** `pnpm --filter theatre pictures`: takes the pictures of the documents from the real page. */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { fromHere, program } from "@shirts/command-line";
import { runStory, stageOf } from "@shirts/sim";
import { levelOf, solve } from "@shirts/sim/scheduler";
import { areaName } from "@shirts/story";
import type { Browser, Page } from "playwright-core";
import { type Mode, modes } from "../../src/address.ts";
import { encode } from "../../src/link/link.ts";
import { SETTING } from "../../src/modes/chance/setting.ts";
import { toLink } from "../../src/modes/watch/link.ts";
import { presets } from "../../src/modes/watch/presets.ts";
import { linkOf } from "../../src/scheduler/saved.ts";
import { text } from "../../src/text.ts";
import { linesOf } from "../../src/trace-file/save-trace.ts";
import { launch } from "./chromium.ts";
import { endPlays, type LivePlay, startPlay } from "./live-play.ts";
import { startSite } from "./site.ts";

const IMAGES = fileURLToPath(new URL("../../../../docs/images/", import.meta.url));
const USAGE = `pnpm --filter theatre pictures: takes the pictures of the documents from the real page, in Chromium.

  --all      also a live play, which it starts, a replay, a win, and each mode on a narrow screen
  --whole    whole pages, and not only what is in sight when they open
  --only M   of one mode: ${modes.join(", ")}
  --out DIR  the folder for them (default docs/images)
`;

/** All stories of the mode "chance", on a slow machine. */
const CHANCE_MS = 600_000;
/** A broker, a table and two nodes begin. */
const LIVE_MS = 180_000;

interface Scene {
  readonly mode: Mode;
  /** Another picture of the same mode. */
  readonly name?: string;
  /** Where the page is served; the program's own site when nothing is said. */
  readonly base?: () => Promise<string>;
  readonly hash: () => Promise<string>;
  /** What a person does before the picture is taken. */
  readonly act?: (page: Page) => Promise<unknown>;
  readonly isInDocuments?: boolean;
}

const { overtaken } = presets;

const scenes: readonly Scene[] = [
  {
    mode: "watch",
    hash: async () => `#watch/${await encode("watch", toLink({ ...overtaken, position: 34 }))}`,
    isInDocuments: true,
  },
  {
    mode: "schedule",
    hash: async () => {
      const level = levelOf("v2-cross");
      if (!level) throw new Error('there is no level "v2-cross"');
      const { moves = [] } = await solve(level, []);
      // In the middle of the game: there is still something to choose.
      const half = moves.slice(0, Math.ceil(moves.length / 2)).map(String);
      return `#schedule/${await linkOf({ level, moves: half })}`;
    },
    isInDocuments: true,
  },
  {
    mode: "chance",
    hash: async () => `#chance/${await encode("chance", { axis: "gap", mark: 3, setting: SETTING })}`,
    act: async (page) => {
      await page.getByRole("button", { name: /^Play [\d,]+ stories$/ }).click();
      // All of them: then the curves are the same on each machine.
      await page.getByText(text.chance.state.done).waitFor({ timeout: CHANCE_MS });
      await page.locator(".chance-axis").evaluate((it) => it.scrollIntoView());
    },
    isInDocuments: true,
  },
  {
    mode: "schedule",
    name: "won",
    hash: async () => {
      const level = levelOf("no-fence");
      if (!level) throw new Error('there is no level "no-fence"');
      const { moves = [] } = await solve(level, []);
      return `#schedule/${await linkOf({ level, moves: moves.map(String) })}`;
    },
    act: (page) => page.locator(".result").waitFor(),
  },
  { mode: "live", name: "how-to", hash: async () => "#live" },
  {
    mode: "live",
    base: async () => (await livePlay()).at,
    hash: async () => (await livePlay()).hash,
    act: async (page) => {
      await page.locator(".node-running").nth(1).waitFor({ timeout: LIVE_MS, state: "attached" });
      await page
        .getByRole("button", { name: text.live.commandShirt("PURPLE", areaName("north-america")) })
        .click();
      await page
        .getByText(/ paints North America in PURPLE, step 5$/)
        .first()
        .waitFor({ timeout: LIVE_MS, state: "attached" });
    },
  },
  {
    mode: "replay",
    hash: async () => "#replay",
    act: async (page) => {
      const { trace } = await runStory(stageOf("v1"), overtaken.story, overtaken.seed);
      const file = { name: "v1.jsonl", mimeType: "text/plain", buffer: Buffer.from(linesOf(trace)) };
      await page.getByLabel(text.replay.choose).setInputFiles(file);
      await page.getByRole("slider", { name: text.player.scrub }).waitFor();
    },
  },
];

/** One play for all pictures: each page of it commands again. */
let play: Promise<LivePlay> | undefined;

function livePlay(): Promise<LivePlay> {
  play ??= startPlay("v3", 100, 50);
  return play;
}

/** The window becomes as tall as the page, and nothing in it sticks to an edge. */
async function showWhole(page: Page, width: number): Promise<void> {
  const height = await page.evaluate(() => {
    const bar = document.querySelector<HTMLElement>(".transport");
    if (bar) bar.style.position = "static";
    return document.documentElement.scrollHeight;
  });
  await page.setViewportSize({ width, height });
}

/** Waits until every canvas holds a drawing: it is drawn in the frames after the page has opened. */
async function drawn(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    [...document.querySelectorAll("canvas")].every((canvas) => {
      const pixels = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data;
      return pixels?.some((value) => value > 0);
    }),
  );
}

const WIDTHS = { wide: 1200, narrow: 360 } as const;

interface Wishes {
  readonly isAll: boolean;
  readonly isWhole: boolean;
  readonly out: string;
}

async function take(
  browser: Browser,
  base: string,
  scene: Scene,
  { isAll, isWhole, out }: Wishes,
): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const)
    for (const width of isAll ? (["wide", "narrow"] as const) : (["wide"] as const)) {
      const page = await browser.newPage({
        viewport: { width: WIDTHS[width], height: 780 },
        colorScheme,
        // Nothing moves: two pictures of one page are alike.
        reducedMotion: "reduce",
        locale: "en",
      });
      await page.goto(((await scene.base?.()) ?? base) + (await scene.hash()));
      await page.locator("main").waitFor();
      await scene.act?.(page);
      if (isWhole) await showWhole(page, WIDTHS[width]);
      await drawn(page);
      const name = ["theatre", scene.mode, scene.name, width === "narrow" && width, colorScheme]
        .filter(Boolean)
        .join("-");
      await page.screenshot({
        path: resolve(out, `${name}.png`),
        animations: "disabled",
        caret: "hide",
      });
      console.log(`${name}.png`);
      await page.close();
    }
}

await program({
  name: "pictures",
  usage: USAGE,
  options: {
    all: { type: "boolean" },
    whole: { type: "boolean" },
    only: { type: "string" },
    out: { type: "string" },
  },
  async main({ all: isAll = false, whole: isWhole = false, only, out = IMAGES }) {
    const wishes = { isAll, isWhole, out: fromHere(out) };
    const site = await startSite();
    // What has changed is otherwise painted over the rest, and the edges of lines depend on how often.
    const browser = await launch("--disable-partial-raster");
    try {
      for (const scene of scenes.filter(({ mode }) => only === undefined || mode === only))
        if (isAll || scene.isInDocuments) await take(browser, site.page, scene, wishes);
    } finally {
      endPlays();
      await browser.close();
      await site.close();
    }
  },
});
