/** `pnpm --filter demo draw TITLE < trace.jsonl > picture.svg`: draws a scene that `npm start -- --json` has written. */
import { text } from "node:stream/consumers";
import { decodeTraceEvent } from "@shirts/story";
import { drawTrace } from "./draw.ts";

const events = (await text(process.stdin))
  .split("\n")
  .filter((line) => line.startsWith('{"type"'))
  .map((line) => decodeTraceEvent(line));
try {
  process.stdout.write(drawTrace(events, process.argv[2] ?? "A scene", 100));
} catch (error) {
  process.stderr.write(
    `${(error as Error).message} Give it the output of: npm start -- --stage v1 --nodes 2 --json\n`,
  );
  process.exit(1);
}
