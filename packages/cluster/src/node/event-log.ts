/** A node's event log: its trace events, as JSON for programs or as sentences for people. */
import type { Cancel, Command, TraceEvent } from "@shirts/story";
import { areaName } from "@shirts/story";
import chalk from "chalk";

const INK = { purple: chalk.magenta, blue: chalk.blueBright, green: chalk.green, orange: chalk.yellow };

/** Returns a function that writes one trace event as one line to stdout. */
export function eventLog(json: boolean, steps: number): (event: TraceEvent) => void {
  return (event) => {
    const line = json ? JSON.stringify(event) : `${clock(event.at)} ${sentence(event, steps)}`;
    process.stdout.write(`${line}\n`);
  };
}

function clock(at: number): string {
  return chalk.dim(new Date(at).toISOString().slice(11, 23));
}

function order({ area, shirt, revision }: Command): string {
  return `${areaName(area)} ${INK[shirt].bold(shirt.toUpperCase())} ${chalk.dim(`(revision ${revision})`)}`;
}

function sentence(event: TraceEvent, steps: number): string {
  switch (event.type) {
    case "ready":
      return `${event.node} is ready and waits for jobs`;
    case "commanded":
      return `the president commands: ${order(event.command)}`;
    case "sent again":
      return `the president sends again: ${order(event.command)}`;
    case "delivered":
      return `takes  ${order(event.command)}${event.redelivered ? " again: nobody acked it" : ""}`;
    case "painted": {
      const done = Math.round(((event.step + 1) / steps) * 100);
      const late = event.stale ? chalk.red("  stale: a newer command is out") : "";
      return `paints ${order(event.command)} ${done} %${late}`;
    }
    case "rejected":
      return chalk.red(`rejects ${order(event.command)}: ${event.reason}`);
    case "refused":
      return `${chalk.red("refused")} at the table: ${order(event.command)}, a newer command is out`;
    case "stopped":
      return `${chalk.yellow("stops")}  ${order(event.command)} after ${event.step} of ${steps} steps`;
    case "superseded":
      return `drops  ${order(event.command)}: a newer command is out`;
    case "acked":
      return `acks   ${order(event.command)}`;
    case "ack dropped":
      return `is done with ${order(event.command)}, and the broker did not hear it: the job comes again`;
    case "cancel sent":
      return `tells everybody else to stop in ${areaName(event.cancel.area)}`;
    case "cancel received":
      return chalk.dim(`hears  a cancel for ${areaName(event.cancel.area)} from ${sender(event.cancel)}`);
    case "cancel lost":
      return chalk.red(`could not send a cancel for ${areaName(event.cancel.area)}: ${event.reason}`);
    case "cancel dropped":
      return chalk.red(`believes no cancel of revision ${event.cancel.revision}: ${event.reason}`);
    case "dead-lettered":
      return chalk.red(`dead-lettered a message of ${event.queue}: ${event.reason}`);
    case "disconnected":
      return chalk.red(event.reason);
    case "failed":
      return chalk.red(`failed, and tries again: ${event.reason}`);
    case "reconnected":
      return "has the broker again";
    case "blocked":
      return chalk.red(`may not send: the broker is short of something: ${event.reason}`);
    case "unblocked":
      return "may send again";
    case "paused":
      return chalk.yellow("stands still");
    case "resumed":
      return chalk.yellow("wakes up and knows of no pause");
    case "crashed":
      return chalk.red(`crashed: ${event.reason}`);
  }
}

function sender({ consumerId }: Cancel): string {
  return consumerId.replace(/^amq\.gen-(.{6}).*/, "queue …$1");
}
