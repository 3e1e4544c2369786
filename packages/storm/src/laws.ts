/**
 * Laws over the trace of one story. Each is a function of the trace alone, so that a kept trace can be judged again. A
 * new law is one more function in LAWS.
 */
import { areaName, stepsAfterCancel, type TraceEvent } from "@shirts/story";

/** What a law has found. */
export interface Finding {
  readonly law: LawName;
  /** One line for people. */
  readonly line: string;
}

/** What the laws know of the story besides its trace. */
export interface Cast {
  /** The nodes that were alive when all was quiet. */
  readonly nodes: readonly string[];
  /** The sender of the cancel that the storm sent then; undefined in a stage without cancels. */
  readonly probe: string | undefined;
  /** v4's cancels pass the table first: nothing is said about them in a story that disturbs the table, or of another stage. */
  readonly areCancelsPrompt: boolean;
}

type Law = (trace: readonly TraceEvent[], cast: Cast) => string[];

/** When a fault is over, each node hears a cancel again. A worker that has gone deaf works on, and nothing else shows it. */
const hears: Law = (trace, { nodes, probe }) => {
  if (probe === undefined) return [];
  const heard = new Set(
    trace.flatMap((event) =>
      event.type === "cancel received" && event.cancel.consumerId === probe ? [event.node] : [],
    ),
  );
  return nodes
    .filter((node) => !heard.has(node))
    .map((node) => `${node} is deaf: it hears no cancel any more`);
};

/** The step that is under way ends, and one more, which begins while admission asks the table for the cancel's revision. */
const STEPS_AFTER_CANCEL = 2;

/** A cancel saves work: after a node has heard it, its routine does not walk on. The fence alone would hide that it does. */
const saves: Law = (trace, { areCancelsPrompt }) =>
  areCancelsPrompt
    ? stepsAfterCancel(trace, "newest")
        .filter(({ steps }) => steps > STEPS_AFTER_CANCEL)
        .map(
          ({ node, command, steps, cancel }) =>
            `${node} did ${steps} steps more of ${areaName(command.area)}, revision ${command.revision}, after it had heard the cancel of revision ${cancel.revision}`,
        )
    : [];

const LAWS = { hears, saves } satisfies Record<string, Law>;
export type LawName = keyof typeof LAWS;

/** What the laws find in a story. */
export function findings(trace: readonly TraceEvent[], cast: Cast): Finding[] {
  return (Object.keys(LAWS) as LawName[]).flatMap((law) =>
    LAWS[law](trace, cast).map((line) => ({ law, line })),
  );
}
