import { startBroker } from "@shirts/broker";
import { afterAll, describe, expect, test } from "vitest";
import { connect } from "../src/index.ts";
import { startFaultProxy } from "../src/testing/fault-proxy.ts";
import { type Example, examples, missing, publicItems, sources, write } from "./examples.ts";

const items = publicItems(sources(), ["index.ts", "testing/fault-proxy.ts"]);
const all = examples(items);
const written = write(all);
afterAll(() => written.remove());

/** Runs an example on a broker of its own. */
async function run(path: string): Promise<void> {
  const broker = await startBroker();
  const proxy = await startFaultProxy(broker.url);
  const rabbit = await connect(proxy.url, { reconnectMs: { first: 1, longest: 5 } });
  try {
    const { default: example } = await import(/* @vite-ignore */ path);
    const check = (actual: unknown, expected: unknown): void => expect(actual).toEqual(expected);
    await example({ url: broker.url, proxy, rabbit, check });
  } finally {
    await rabbit.close({ deadlineMs: 1_000 });
    await proxy.close();
    await broker.close();
  }
}

test("everything public has a docstring, and everything that is called has an example", () => {
  expect(items.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["connect", "Rabbit.lock", "Delivery.ack", "Subscription.stop", "FaultProxy.cut"]),
  );
  expect(missing(items)).toEqual([]);
});

test("the examples compile", () => {
  expect(written.complaints).toBe("");
});

test.each(all.map(({ name }, index) => [name, index] as const))("the example of %s is true", (_name, index) =>
  run(written.paths[index] ?? ""),
);

describe("what is wrong is found", () => {
  const wrong = (code: string): Example => ({ name: "wrong", code });

  test("a function or a member without an example, and one without a docstring", () => {
    const text =
      "/** Bare. */\nexport function bare(): void {\n}\n\nexport interface Thing {\n  /** Pulls.\n   *\n   * @example\n   */\n  pull(): void;\n  readonly size: number;\n}\n";
    const files = new Map([
      ["index.ts", 'export { bare, type Thing } from "./a.ts";\n'],
      ["a.ts", text],
    ]);
    expect(missing(publicItems(files, ["index.ts"]))).toEqual([
      "bare has no @example",
      "Thing has no docstring",
      "Thing.pull has no @example",
      "Thing.size has no docstring",
    ]);
  });

  test("an example that answers something else, one that throws, and one that does not compile", async () => {
    const { paths, complaints, remove } = write([
      wrong('deadLetterQueue("v1_jobs"); // => "v1_jobs"'),
      wrong('await rabbit.depth("no_such_queue");'),
      wrong("rabbit.no_such_function;"),
    ]);
    try {
      await expect(run(paths[0] ?? "")).rejects.toThrow(/expected 'v1_jobs_dead' to deeply equal 'v1_jobs'/);
      await expect(run(paths[1] ?? "")).rejects.toThrow(/queue "no_such_queue" does not exist/);
      expect(complaints).toMatch(/wrong-2.*no_such_function.* does not exist/);
      expect(complaints).not.toMatch(/wrong-[01]/);
    } finally {
      remove();
    }
  });
});
