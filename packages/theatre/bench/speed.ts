/** Stories a second in Node, in the page and in a Web Worker, side by side. Nothing is asserted: machines differ. */
import type { CDPSession } from "playwright-core";
import { launch } from "../test/browser/chromium.ts";
import { playTen } from "../test/browser/probe/traces.ts";
import { startSite } from "../test/browser/site.ts";

const STORIES = 2000;
/** One after the other, so that a busy moment of the machine does not hit one place alone. The best round counts. */
const ROUNDS = 3;

export async function tellSpeed(): Promise<void> {
  const site = await startSite();
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(`${site.probe}index.html`);
    const processes = await browser.newBrowserCDPSession();
    const inChromium = (run: () => Promise<unknown>) => rate(() => rendererSeconds(processes), run);
    console.log(
      "Stories of two nodes, two commands, ten steps each, for each second of CPU; the best round.",
    );
    for (const stage of ["v1", "v2", "v3", "v4"]) {
      const order = [stage, STORIES] as const;
      const best = { node: 0, page: 0, worker: 0 };
      for (let round = 0; round < ROUNDS; round++) {
        const inNode = await rate(nodeSeconds, () => playTen(...order));
        const inPage = await inChromium(() =>
          page.evaluate((words) => globalThis.probe.playTen(...words), order),
        );
        const inWorker = await inChromium(() =>
          page.evaluate((words) => globalThis.probe.playTenInWorker(...words), order),
        );
        best.node = Math.max(best.node, inNode);
        best.page = Math.max(best.page, inPage);
        best.worker = Math.max(best.worker, inWorker);
      }
      const beside = (one: number) => `${Math.round(one)} (${Math.round((one / best.node) * 100)} %)`;
      console.log(
        `${stage}: Node ${Math.round(best.node)}, page ${beside(best.page)}, Web Worker ${beside(best.worker)}`,
      );
    }
  } finally {
    await browser.close();
    await site.close();
  }
}

/** Stories for each second of CPU: others that work on this machine change it little. */
async function rate(seconds: () => Promise<number>, run: () => Promise<unknown>): Promise<number> {
  const before = await seconds();
  await run();
  return STORIES / ((await seconds()) - before);
}

async function nodeSeconds(): Promise<number> {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** CPU time of all pages and their workers. */
async function rendererSeconds(processes: CDPSession): Promise<number> {
  const { processInfo } = await processes.send("SystemInfo.getProcessInfo");
  return processInfo.filter(({ type }) => type === "renderer").reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}
