/** What the README says of effect and p-queue, which no package.json has. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { chan } from "../src/index.ts";
import { effectPeer } from "./peers/effect.ts";
import { type EffectLibrary, SURFACE } from "./peers/effect-surface.ts";
import { importMore, installedVersion, type More, folder as named, VERSIONS } from "./peers/more.ts";

const folder = named ?? "";
const repository = new URL("../../../", import.meta.url);

const scratch: string[] = [];
afterEach(() => {
  for (const it of scratch.splice(0)) rmSync(it, { recursive: true });
});

/** A folder like that of MORE_PEERS, whose effect is this code. */
function planted(code?: string): string {
  const home = mkdtempSync(join(tmpdir(), "more-peers-"));
  scratch.push(home);
  const library = join(home, "node_modules/effect");
  mkdirSync(library, { recursive: true });
  if (code === undefined) return home;
  writeFileSync(join(library, "index.js"), code);
  writeFileSync(
    join(library, "package.json"),
    JSON.stringify({ name: "effect", version: "9.9.9", type: "module", exports: "./index.js" }),
  );
  return home;
}

test("README and .ci/run name the same versions", () => {
  const readme = readFileSync(new URL("packages/chan/README.md", repository), "utf8");
  const run = readFileSync(new URL(".ci/run", repository), "utf8");
  for (const [name, version] of Object.entries(VERSIONS)) {
    expect(run).toContain(`${name}@${version}`);
    expect(readme).toContain(`\`${name}\` ${version}`);
  }
});

test("planted: a function that is missing is no ✗, but an error that names it", async () => {
  const home = planted("export const Effect = {}; export const Queue = {};");
  await expect(effectPeer(home)).rejects.toThrow("effect 9.9.9 has no Effect.runPromise");
});

test("planted: an empty folder says what to install", async () => {
  await expect(effectPeer(planted())).rejects.toThrow(/^MORE_PEERS has no effect: npm install .* effect@4/);
});

interface PQueueLibrary {
  default: new (options: { readonly concurrency: number }) => { add<T>(work: () => Promise<T>): Promise<T> };
}

/** Adds two pieces of work, and says how many were in work at once before the first one could end. */
async function atOnce(concurrency: number): Promise<{ started: number; results: string[] }> {
  const { default: PQueue } = await importMore<PQueueLibrary>("p-queue", {}, folder);
  const queue = new PQueue({ concurrency });
  const gate = chan<void>();
  let started = 0;
  const work = (result: string) => async () => {
    started++;
    await gate.recv();
    return result;
  };
  const added = [queue.add(work("one")), queue.add(work("two"))];
  await new Promise(setImmediate);
  const before = started;
  gate.close();
  return { started: before, results: await Promise.all(added) };
}

const title = folder ? "on the libraries of MORE_PEERS" : "skipped, MORE_PEERS names no folder";

describe.skipIf(!folder)(title, () => {
  test.each(Object.keys(VERSIONS) as More[])("%s is of the version that README names", (name) => {
    expect(installedVersion(name, folder)).toBe(VERSIONS[name]);
  });

  test("effect: of an ended queue an offer answers false, and a sender that waits is still served", async () => {
    const { Effect, Queue } = await importMore<EffectLibrary>("effect", SURFACE, folder);
    const c = Effect.runSync(Queue.bounded<number>(0));
    const waits = Effect.runPromise(Queue.offer(c, 1));
    await Effect.runPromise(Queue.end(c));
    expect(await Effect.runPromise(Queue.offer(c, 2))).toBe(false);
    expect(await Effect.runPromise(Queue.take(c))).toBe(1);
    expect(await waits).toBe(true);
  });

  test("p-queue starts functions, so many at once, and gives each result to who added it", async () => {
    expect(await atOnce(1)).toEqual({ started: 1, results: ["one", "two"] });
    expect(await atOnce(2)).toEqual({ started: 2, results: ["one", "two"] });
  });
});
