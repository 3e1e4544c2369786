/** A node's event log: its trace events, as JSON for programs or as sentences for people. */
import type { TraceEvent } from "@shirts/story";
import { eventText } from "@shirts/terminal";
import chalk from "chalk";

/** Returns a function that writes one trace event as one line to stdout. */
export function eventLog(json: boolean): (event: TraceEvent) => void {
  return (event) => {
    const line = json ? JSON.stringify(event) : `${clock(event.at)} ${eventText(event, event.node)}`;
    process.stdout.write(`${line}\n`);
  };
}

function clock(at: number): string {
  return chalk.dim(new Date(at).toISOString().slice(11, 23));
}
