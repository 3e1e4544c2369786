/** A service started here: a process that says in its first line of JSON where it is. */
import { z } from "zod";
import { type Child, start } from "../processes/child.ts";

const ready = z.object({ url: z.string() });

/** Starts a server process and resolves with its url. Rejects with one line when it ends before it has said it. */
export async function serve(name: string, entry: string, args: string[], children: Child[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = start(name, entry, [...args, "--json"], {}, (line) =>
      resolve(ready.parse(JSON.parse(line)).url),
    );
    children.push(child);
    void child.ended.then((code) =>
      reject(new Error(`${name} did not start (exit ${code}): ${child.complaint()}`)),
    );
  });
}

/** Host and port of a url of ours. */
export function hostOf(url: string): string {
  return new URL(url).host;
}
