import { pathToFileURL } from "node:url";

/** The first line of `file` that a stack names, from 1; undefined when it names none, or no file is known. */
export function lineIn(file: string | undefined, stack: string): number | undefined {
  if (file === undefined) return undefined;
  for (const frame of stack.split("\n"))
    for (const path of [file, pathToFileURL(file).href]) {
      const at = frame.indexOf(`${path}:`);
      if (at < 0) continue;
      const line = /^\d+/.exec(frame.slice(at + path.length + 1))?.[0];
      if (line !== undefined) return Number(line);
    }
  return undefined;
}
