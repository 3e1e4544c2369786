/** `pnpm theatre`: the page on this machine; `pnpm theatre build`: its files, for any static host. */
import { fromHere, program, stopSignal, UsageError, wholeNumber } from "@shirts/command-line";
import { openBrowser, readFolder } from "@shirts/live";
import { buildPage, DIST, keepPage } from "./serve/build.ts";
import { readTrace, type ServedTrace } from "./serve/read-trace.ts";
import { hashOfScene, sceneNames } from "./serve/scenes.ts";
import { serveFiles } from "./serve/serve-files.ts";

const USAGE = `Shows the page on 127.0.0.1, until Ctrl-C. Builds it first, if its sources have changed.

  pnpm theatre                    serves the page, and opens it
  pnpm theatre SCENE              the same, with this scene open: ${sceneNames.join(", ")}
  pnpm theatre --trace FILE       the same, with this trace open under "Replay"
  pnpm theatre build [--out DIR]  writes its files, for any static host and below any path

  --port 0     the port; 0 takes a free one
  --embed      with a scene: shows it without the rest of the page, as another page may show it
  --no-open    prints the address, and opens no browser (BROWSER in the environment names another one)
  --out DIR    with build: the folder; what is in it will be gone (default packages/theatre/dist)
  --help       this text`;

await program({
  name: "theatre",
  usage: USAGE,
  positionals: "words",
  options: {
    port: { type: "string", default: "0" },
    "no-open": { type: "boolean", default: false },
    embed: { type: "boolean", default: false },
    out: { type: "string" },
    trace: { type: "string" },
  },
  async main({ port, "no-open": isQuiet, embed, out, trace }, [word, ...more]) {
    const hash = word === undefined || word === "build" ? "" : await hashOfScene(word);
    if (hash === undefined || more.length > 0)
      throw new UsageError(
        `There is no scene "${[word, ...more].join(" ")}". There are: ${sceneNames.join(", ")}; and "build".`,
      );
    if (hash !== "" && trace !== undefined)
      throw new UsageError("Either a scene or --trace: the page shows one.");
    if (embed && hash === "") throw new UsageError("--embed shows one scene: name it.");
    if (out === "") throw new UsageError("--out needs the name of a folder.");
    if (word === "build" && trace !== undefined) throw new UsageError("--trace makes no sense with build.");
    if (word === "build") return write(out === undefined ? DIST : fromHere(out));
    if (out !== undefined) throw new UsageError("--out makes sense only with build.");
    const asked = wholeNumber("--port", port, 0, 65_535);
    // Before the page is built: a file that is not there is told at once.
    const served = trace === undefined ? undefined : await readTrace(fromHere(trace));
    return serve(asked, !isQuiet, served, `${embed ? "?embed" : ""}${served?.hash ?? hash}`);
  },
});

async function write(folder: string): Promise<void> {
  await buildPage(folder);
  console.log(`The page is in ${folder}: any static host can serve it, below any path.`);
}

async function serve(
  port: number,
  isOpening: boolean,
  trace: ServedTrace | undefined,
  place: string,
): Promise<number> {
  const stopped = stopSignal();
  await keepPage();
  const files = await readFolder(DIST);
  const served = await serveFiles(trace ? new Map([...files, [trace.path, trace.file]]) : files, port);
  const url = `${served.url}${place}`;
  console.log(`The page is at ${url} (Ctrl-C ends it)`);
  if (isOpening) openBrowser(url, process);
  await stopped;
  served.close();
  // Ctrl-C is how it ends.
  return 0;
}
