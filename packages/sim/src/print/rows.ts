/** A trace as rows of a table: one column per participant, one row per event. It holds plain text and shirts, no colours yet. */
import {
  type Area,
  areas,
  brief,
  type Cancel,
  type Command,
  describe,
  isOwn,
  People,
  type Piece,
  type Shirt,
  senderOf,
  staleSteps,
  stepsShown,
  type TraceEvent,
} from "@shirts/story";

/** The content of one cell. `shirt` is the shirt that it is about, `bar` is a population. */
export interface Cell {
  readonly text: string;
  readonly shirt?: Shirt;
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

/** The rows of a trace. A node's own cancel comes back to the node, which ignores it; such a row is left out. */
export function tableOf(trace: readonly TraceEvent[], steps?: number): Table {
  const nodes = [...new Set(trace.map(({ node }) => node))].filter(
    (name) => name !== "president" && name !== "table",
  );
  nodes.sort();
  const columns = ["president", "queue", "exchange", ...nodes, "table"];
  const people = new People(Math.max(steps ?? 1, stepsShown(trace)));
  const named = new Set(trace.flatMap((event) => ("command" in event ? event.command.area : [])));
  const words = new Words(named.size > 1, trace);
  const doubts = doubtsOf(trace);
  const rows: Row[] = [];
  trace.forEach((event, index) => {
    people.apply(event);
    const cells = cellsOf(event, words, doubts.get(event));
    if (!cells) return;
    if (event.type === "painted" && isMoment(trace, index)) {
      const bar = sample(people.wearing(event.command.area), BAR_WIDTH);
      cells.table = { text: "", bar, ...(event.stale && { isAlarm: true }) };
    }
    rows.push({ at: event.at, cells });
  });
  return { columns, rows };
}

/** Steps that do not know themselves whether they were stale: "stale!" where the order or the table's count proves it. */
function doubtsOf(trace: readonly TraceEvent[]): Map<TraceEvent, string> {
  return new Map(
    areas.flatMap((area): (readonly [TraceEvent, string])[] => {
      const { counted, known, possible } = staleSteps(trace, area);
      if (counted !== undefined && counted <= known.length) return [];
      const sure = possible.filter(({ isSure }) => isSure).length;
      const rest = (counted ?? Number.POSITIVE_INFINITY) - known.length;
      const areAll = counted !== undefined && rest >= possible.length;
      return possible.flatMap(({ event, isSure }): (readonly [TraceEvent, string])[] => {
        if (isSure || areAll) return [[event, "stale!"]];
        return rest > sure ? [[event, "stale?"]] : [];
      });
    }),
  );
}

/** The bar is shown when a step is stale, when a command's first or last step lands, and when another node paints. */
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

/** How the things of the story read in a narrow column. */
class Words {
  private readonly isNamingAreas: boolean;
  private readonly trace: readonly TraceEvent[];

  constructor(isNamingAreas: boolean, trace: readonly TraceEvent[]) {
    this.isNamingAreas = isNamingAreas;
    this.trace = trace;
  }
  area(area: Area): string {
    return area.replace(/(\w)\w*-?/g, "$1").toUpperCase();
  }
  order({ area, shirt, revision }: Command): string {
    return `${shirt.toUpperCase()} ${revision}${this.isNamingAreas ? ` ${this.area(area)}` : ""}`;
  }
  isOwn(event: TraceEvent & { readonly type: "cancel received" }): boolean {
    return isOwn(this.trace, event);
  }
  cancel({ area, consumerId, revision }: Cancel): string {
    const sender = senderOf(this.trace, { consumerId });
    const age = revision === undefined ? "" : ` < ${revision}`;
    return `${sender}: stop ${this.area(area)}${age}`;
  }
  piece(piece: Piece): string {
    if (typeof piece === "string") return piece;
    if ("command" in piece) return this.order(piece.command);
    return "cancel" in piece ? this.cancel(piece.cancel) : this.area(piece.area);
  }
}

/** The cells of an event; undefined when there is nothing to see. */
function cellsOf(
  event: TraceEvent,
  words: Words,
  doubt: string | undefined,
): Record<string, Cell> | undefined {
  if (event.type === "ready" && event.at === 0) return undefined;
  if (event.type === "cancel received" && words.isOwn(event)) return undefined;
  const said = brief(event).map((piece) => words.piece(piece));
  const text = [...said, ...(doubt ? [` ${doubt}`] : [])].join("");
  const isAlarm = doubt !== undefined || describe(event).tone === "alarm" || event.type in INCIDENTS;
  return {
    ...elsewhere(event, words),
    [event.node]: {
      text,
      ...("command" in event && { shirt: event.command.shirt }),
      ...(isAlarm && { isAlarm }),
    },
  };
}

/** Not wrong, and what a reader looks for first. */
const INCIDENTS: Partial<Record<TraceEvent["type"], true>> = {
  paused: true,
  resumed: true,
  reconnected: true,
  unblocked: true,
};

/** What an event shows in the columns of queue, exchange and table. */
function elsewhere(event: TraceEvent, words: Words): Record<string, Cell> {
  switch (event.type) {
    case "delivered":
      return { queue: about(event.command, `${words.order(event.command)} ─▶`) };
    case "acked":
      return { queue: about(event.command, `✓ ${words.order(event.command)}`) };
    case "refused":
      return { table: { text: `refused: ${words.order(event.command)} is old` } };
    case "cancel sent":
      return { exchange: { text: `◀─ ${words.cancel(event.cancel)}` } };
    case "cancel received":
      return { exchange: { text: "─▶" } };
    case "cancel lost":
      return { exchange: { text: "lost!", isAlarm: true } };
    default:
      return {};
  }
}

function about({ shirt }: Command, text: string): Cell {
  return { text, shirt };
}

/** At most `width` people. Of a larger population, each one is the person in the middle of a share. */
function sample<T>(people: readonly T[], width: number): T[] {
  if (people.length <= width) return [...people];
  return Array.from(
    { length: width },
    (_, i) => people[Math.floor(((i + 0.5) * people.length) / width)] as T,
  );
}
