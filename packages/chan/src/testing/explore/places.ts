/** Finds the line of the program behind an operation of chan, and its text. Engines other than V8 may give no line. */

import { deepStack, framesOf, stackOf } from "../../stack.ts";

/** A line of the program. */
export interface Place {
  readonly file: string;
  readonly line: number;
  /** The text of the line, or what the routine does there in the words of Go's runtime. */
  readonly text: string;
}

/** The folder of chan itself, as a URL and as a path: frames of its files are not the program's. Empty in a bundle, which has none. */
const OWN = import.meta.url.slice(0, import.meta.url.lastIndexOf("testing/explore/"));
const OWN_PATH = decodeURI(OWN.replace(/^file:\/\/(?=\/)/, ""));

const OPERATIONS: Readonly<Record<string, string>> = {
  send: "chan send",
  recv: "chan receive",
  next: "chan receive",
};

/** The line that runs now. */
export function placeNow(): Place | undefined {
  return placeIn(framesOf(deepStack()), undefined);
}

/** The line at which a routine is blocked. */
export async function placeOf(member: Parameters<typeof stackOf>[0] & { readonly waitsFor: string }) {
  const { waitsFor } = member;
  return placeIn(await stackOf(member), waitsFor);
}

function placeIn(stack: readonly string[], waitsFor: string | undefined): Place | undefined {
  // What the engine itself calls has no line: `new Promise (<anonymous>)`.
  const frames = stack.filter((frame) => /:\d+:\d+\)?$/.test(frame));
  const at = frames.findIndex((frame) => !isOwn(frame));
  // `name (file:line:column)`, or without a name and parentheses.
  const [, file = "", line = ""] = /^(?:.* \()?(.+):(\d+):\d+\)?$/.exec(frames[at] ?? "") ?? [];
  if (file === "") return undefined;
  const call = /([\w$]+) \(/.exec(frames[at - 1] ?? "")?.[1] ?? "";
  const text = waitsFor ?? OPERATIONS[call] ?? call;
  return { file, line: Number(line), text: lineOf(file, Number(line)) ?? text };
}

function isOwn(frame: string): boolean {
  const isInside = (folder: string): boolean => folder !== "" && frame.replaceAll("\\", "/").includes(folder);
  return isInside(OWN) || isInside(OWN_PATH) || /\bnode:internal\b/.test(frame);
}

interface Host {
  readonly process?: {
    getBuiltinModule?: (name: "node:fs") => { readFileSync(path: string | URL, encoding: "utf8"): string };
  };
}

const sources = new Map<string, readonly string[]>();

/** Node can read the file; a browser cannot, and shows the operation instead. */
function lineOf(file: string, line: number): string | undefined {
  let lines = sources.get(file);
  if (lines === undefined) {
    try {
      const fs = (globalThis as Host).process?.getBuiltinModule?.("node:fs");
      const path = file.startsWith("file:") ? new URL(file) : file;
      lines = fs?.readFileSync(path, "utf8").split("\n") ?? [];
    } catch {
      // A file that was bundled or evaluated is not there.
      lines = [];
    }
    sources.set(file, lines);
  }
  return lines[line - 1]?.trim();
}
