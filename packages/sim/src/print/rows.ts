/** A trace as rows of a table: one column per participant, one row per event. Plain text and shirts; no colours yet. */
import type { Area, Cancel, Command, Shirt, TraceEvent } from "@shirts/story";
import { People, sample } from "./people.ts";

/** What stands in one cell; `dye` is the shirt that it is about, `bar` is a population. */
export interface Cell {
  readonly text: string;
  readonly dye?: Shirt;
  readonly bar?: readonly Shirt[];
  readonly isAlarm?: boolean;
}

export interface Row {
  readonly at: number;
  readonly cells: Readonly<Record<string, Cell>>;
}

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

const BAR_WIDTH = 20;

/** The rows of a trace. A node's own cancel comes back to it and is ignored; those rows are left out. */
export function tableOf(trace: readonly TraceEvent[], steps?: number): Table {
  const nodes = [...new Set(trace.map(({ node }) => node))].filter((name) => name !== "president").sort();
  const columns = ["president", "queue", "exchange", ...nodes, "table"];
  const people = new People(trace, steps);
  const named = new Set(trace.flatMap((event) => ("command" in event ? event.command.area : [])));
  const words = new Words(named.size > 1);
  const rows: Row[] = [];
  trace.forEach((event, index) => {
    people.see(event);
    const cells = cellsOf(event, words);
    if (!cells) return;
    if (event.type === "painted" && isMoment(trace, index)) {
      const bar = sample(people.wearing(event.command.area), BAR_WIDTH);
      cells.table = { text: "", bar, ...(event.stale && { isAlarm: true }) };
    }
    rows.push({ at: event.at, cells });
  });
  return { columns, rows };
}

/** The bar is shown when a step is late, when a command's first or last step lands, and when the painter changes. */
function isMoment(trace: readonly TraceEvent[], index: number): boolean {
  const event = trace[index];
  if (event?.type !== "painted") return false;
  const isSame = (other: TraceEvent | undefined) =>
    other?.type === "painted" && other.node === event.node && other.command.shirt === event.command.shirt;
  const neighbour = (rest: readonly TraceEvent[]) => rest.find(({ type }) => type === "painted");
  const before = neighbour(trace.slice(0, index).reverse());
  const after = neighbour(trace.slice(index + 1));
  return event.stale || !isSame(before) || !isSame(after);
}

class Words {
  private readonly isNamingAreas: boolean;

  constructor(isNamingAreas: boolean) {
    this.isNamingAreas = isNamingAreas;
  }
  area(area: Area): string {
    return area.replace(/(\w)\w*-?/g, "$1").toUpperCase();
  }
  order({ area, shirt, revision }: Command): string {
    return `${shirt.toUpperCase()} ${revision}${this.isNamingAreas ? ` ${this.area(area)}` : ""}`;
  }
  cancel({ area, consumerId, revision }: Cancel): string {
    const age = revision === undefined ? "" : ` < ${revision}`;
    return `${consumerId}: stop ${this.area(area)}${age}`;
  }
}

function cellsOf(event: TraceEvent, words: Words): Record<string, Cell> | undefined {
  const { node } = event;
  switch (event.type) {
    case "ready":
      return event.at === 0 ? undefined : { [node]: { text: "starts again" } };
    case "commanded":
      return { president: about(event.command, `${words.order(event.command)}!`) };
    case "sent again":
      return { president: about(event.command, `${words.order(event.command)} again`) };
    case "delivered": {
      const order = words.order(event.command);
      const again = event.redelivered ? " again" : "";
      return {
        queue: about(event.command, `${order} ─▶`),
        [node]: about(event.command, `takes ${order}${again}`),
      };
    }
    case "painted":
      return {
        [node]: {
          ...about(
            event.command,
            `${event.step + 1} in ${event.command.shirt.toUpperCase()}${event.stale ? " stale!" : ""}`,
          ),
          isAlarm: event.stale,
        },
      };
    case "refused":
      return {
        [node]: about(event.command, `${event.step + 1} in ${event.command.shirt.toUpperCase()}?`),
        table: { text: `refused: ${words.order(event.command)} is old` },
      };
    case "stopped":
      return { [node]: about(event.command, `stops ${words.order(event.command)} at ${event.step}`) };
    case "superseded":
      return { [node]: about(event.command, `drops ${words.order(event.command)}`) };
    case "acked":
      return {
        queue: about(event.command, `✓ ${words.order(event.command)}`),
        [node]: about(event.command, `acks ${words.order(event.command)}`),
      };
    case "ack dropped":
      return { [node]: about(event.command, `ack of ${words.order(event.command)} dropped`) };
    case "cancel sent":
      return { exchange: { text: `◀─ ${words.cancel(event.cancel)}` }, [node]: { text: "cancels" } };
    case "cancel received":
      if (event.cancel.consumerId === node) return undefined;
      return { exchange: { text: "─▶" }, [node]: { text: `hears ${words.cancel(event.cancel)}` } };
    case "cancel lost":
      return { exchange: { text: "lost!", isAlarm: true }, [node]: { text: event.reason, isAlarm: true } };
    default:
      return { [node]: { text: misfortune(event), isAlarm: true } };
  }
}

function misfortune(event: TraceEvent): string {
  switch (event.type) {
    case "crashed":
      return `† ${event.reason}`;
    case "disconnected":
      return `loses the broker: ${event.reason}`;
    case "dead-lettered":
      return `dead-letters a message: ${event.reason}`;
    case "failed":
      return `fails, and tries again: ${event.reason}`;
    case "cancel dropped":
      return `drops a cancel: ${event.reason}`;
    case "reconnected":
      return "has the broker again";
    case "blocked":
      return `may not send: ${event.reason}`;
    case "unblocked":
      return "may send again";
    case "paused":
      return "stands still";
    default:
      return event.type === "resumed" ? "wakes up" : event.type;
  }
}

function about({ shirt }: Command, text: string): Cell {
  return { text, dye: shirt };
}
