/** The page as a static host would serve it: built, below a path, with the page's own policy as a header. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join, normalize, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const THEATRE = fileURLToPath(new URL("../../", import.meta.url));
const PROBE = fileURLToPath(new URL("probe/", import.meta.url));

/** The page may stand below any path of a host; so it stands below one here. */
const PAGE_PATH = "/some/where/theatre/";
/** Programs of the tests that run in the browser. They are built beside the page, and are no part of it. */
const PROBE_PATH = "/probe/";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".json": "application/json",
};

export interface Site {
  /** Ends with a slash. */
  readonly page: string;
  readonly probe: string;
  /** Where the built page is, once somebody has asked for it. */
  readonly folder: string;
  close(): Promise<void>;
}

/** Writes what `root` builds into a new folder below `home`, and gives the folder. */
async function buildInto(home: string, root: string, name: string): Promise<string> {
  const outDir = join(home, name);
  await build({
    root,
    configFile: join(THEATRE, "vite.config.ts"),
    logLevel: "error",
    build: { outDir, emptyOutDir: true },
  });
  return outDir;
}

/** The policy that index.html asks for; a host sends the same. */
async function policyOf(folder: string): Promise<string> {
  const html = await readFile(join(folder, "index.html"), "utf8");
  const [, policy] = /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(html) ?? [];
  if (!policy) throw new Error("the page has no Content-Security-Policy");
  return policy;
}

/** Serves the page on a free port of this machine. Builds it when it is first asked for, once. */
export async function startSite(): Promise<Site> {
  const home = await mkdtemp(join(tmpdir(), "theatre-"));
  const built = new Map<string, Promise<string>>();
  const folderOf = (root: string, name: string): Promise<string> => {
    const folder = built.get(name) ?? buildInto(home, root, name);
    built.set(name, folder);
    return folder;
  };
  const page = () => folderOf(THEATRE, "page");
  const probe = () => folderOf(PROBE, "probe");

  const answer = async (
    path: string,
  ): Promise<{ status: number; head: Record<string, string>; body: string | Buffer }> => {
    const [prefix, folder] = path.startsWith(PAGE_PATH)
      ? [PAGE_PATH, await page()]
      : [PROBE_PATH, await probe()];
    const file = normalize(join(folder, path.slice(prefix.length) || "index.html"));
    if (!path.startsWith(prefix) || !file.startsWith(folder + sep))
      return { status: 404, head: {}, body: "not here" };
    const body = await readFile(file);
    const head = {
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
      "content-security-policy": await policyOf(folder),
      "x-content-type-options": "nosniff",
    };
    return { status: 200, head, body };
  };

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
    answer(pathname).then(
      ({ status, head, body }) => response.writeHead(status, head).end(body),
      (error: NodeJS.ErrnoException) =>
        response.writeHead(error.code === "ENOENT" ? 404 : 500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    page: origin + PAGE_PATH,
    probe: origin + PROBE_PATH,
    folder: join(home, "page"),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      // A build that goes on would write into a folder that is gone.
      await Promise.allSettled(built.values());
      await rm(home, { recursive: true, force: true });
    },
  };
}
