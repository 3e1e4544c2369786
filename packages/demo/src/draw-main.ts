/** `pnpm --filter demo draw TITLE < trace.jsonl > picture.svg`: draws a scene that `npm start -- --json` has written. */
import { text } from "node:stream/consumers";
import { program } from "@shirts/command-line";
import { decodeTraceEvent } from "@shirts/story";
import { drawTrace } from "./draw.ts";

await program({
  name: "draw",
  usage: `Draws a scene that was played with --json, from standard input.

  npm start -- --stage v1 --nodes 2 --json > trace.jsonl
  pnpm --filter demo draw TITLE < trace.jsonl > picture.svg`,
  positionals: "words",
  async main(_, words) {
    const events = (await text(process.stdin))
      .split("\n")
      .filter((line) => line.startsWith("{") && !line.startsWith('{"scene"'))
      .map((line) => decodeTraceEvent(line));
    process.stdout.write(drawTrace(events, words.join(" ") || "A scene", 100));
  },
});
