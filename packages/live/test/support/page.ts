/** A live page of a few files for tests, and a client that may lie in each header. */
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { type IncomingMessage, type RequestOptions, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { z } from "zod";
import { type LiveOptions, type LivePage, readFolder, serveLive } from "../../src/index.ts";

export const actionShape = z.strictObject({ do: z.enum(["wave", "fail"]) });
export type TestAction = z.infer<typeof actionShape>;

/** A folder with these files, and without them when the test is over. */
export async function folder(files: Readonly<Record<string, string>>): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "live-"));
  onTestFinished(() => rm(path, { recursive: true }));
  for (const [name, content] of Object.entries(files)) await writeFile(join(path, name), content);
  return path;
}

export async function open(
  act: (action: TestAction) => Promise<void>,
  options: Partial<LiveOptions<TestAction>> = {},
): Promise<LivePage> {
  const files = await readFolder(await folder({ "index.html": "<p>hello</p>", "a.js": "1;" }));
  const page = await serveLive({ files, action: actionShape, act, ...options });
  onTestFinished(() => page.close(0));
  return page;
}

/** Headers of the page itself: what a browser sends with the link's token. */
export function invited({ url, token }: Pick<LivePage, "url" | "token">): Record<string, string> {
  return {
    authorization: `Bearer ${token}`,
    origin: new URL(url).origin,
    "content-type": "application/json",
  };
}

/** Begins a request with exactly this path, unlike `fetch`, which tidies it. */
export async function ask(
  { url }: Pick<LivePage, "url">,
  path: string,
  options: RequestOptions & { body?: string } = {},
): Promise<IncomingMessage> {
  const { hostname, port } = new URL(url);
  const asked = request({ hostname, port, path, ...options });
  asked.end(options.body);
  const [response] = (await once(asked, "response")) as [IncomingMessage];
  return response;
}

export async function answer(...args: Parameters<typeof ask>): Promise<{ status: number; body: string }> {
  const response = await ask(...args);
  return { status: response.statusCode ?? 0, body: await text(response) };
}
