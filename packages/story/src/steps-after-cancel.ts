/**
 * A cancel saves work: what a worker still does after it has heard one. Read from a trace, of real nodes or of simulated ones.
 *
 * The step that is under way when the cancel comes still ends, so one step is the best that a cancel can do.
 */
import type { Area } from "./area.ts";
import type { Cancel, Command } from "./command.ts";
import type { TraceEvent } from "./trace.ts";

/**
 * Which cancel must stop a routine of its area. "others": any that another node sent (v2, v3). "newer": one of a newer
 * command. "newest": one of a newer command, and the worker begins no older one afterwards (v4).
 */
export type StopRule = "others" | "newer" | "newest";

interface HeardCancel {
  readonly cancel: Cancel;
  readonly at: number;
}

/** What one worker has heard, by area: the cancel that no newer one and no new job has made void. */
export class HeardCancels {
  readonly #rule: StopRule;
  /** By area and world: what is said in one world does not count in another. */
  readonly #heard = new Map<string, HeardCancel>();

  constructor(rule: StopRule) {
    this.#rule = rule;
  }

  /** The worker has heard `cancel`, which another one sent. */
  hear(cancel: Cancel, at: number): void {
    const before = this.#heard.get(placeOf(cancel));
    if (before && (this.#rule === "others" || age(before.cancel) >= age(cancel))) return;
    this.#heard.set(placeOf(cancel), { cancel, at });
  }

  /** The cancel was dropped before the worker heard it. */
  drop(cancel: Cancel): void {
    const { consumerId, revision } = this.#heard.get(placeOf(cancel))?.cancel ?? {};
    if (consumerId === cancel.consumerId && revision === cancel.revision) this.#heard.delete(placeOf(cancel));
  }

  /** The worker has begun a job of `area`. */
  begin(area: Area): void {
    if (this.#rule === "newest") return;
    for (const [place, { cancel }] of this.#heard) if (cancel.area === area) this.#heard.delete(place);
  }

  /** The cancel that must have stopped this command. */
  against(command: Command): HeardCancel | undefined {
    const heard = this.#heard.get(placeOf(command));
    return heard && (this.#rule === "others" || command.revision < age(heard.cancel)) ? heard : undefined;
  }
}

function placeOf({ area, world = "" }: Pick<Command, "area" | "world">): string {
  return `${area} ${world}`;
}

function age({ revision = 0 }: Cancel): number {
  return revision;
}

/** A node heard this cancel at `at`, and so many steps of this command ended there after that, landed or refused. */
export interface StepsAfterCancel extends HeardCancel {
  readonly node: string;
  readonly command: Command;
  readonly steps: number;
}

/**
 * Every cancel that was heard and followed by steps that it should have saved, in the order of those steps. A worker that
 * keeps the rule has one step here at most, for each of its routines; two where admission first asks the table (v4).
 */
export function stepsAfterCancel(trace: readonly TraceEvent[], rule: StopRule): StepsAfterCancel[] {
  const nodes = new Map<string, HeardCancels>();
  const ownIds = new Map<string, string>();
  const late: (StepsAfterCancel & { readonly ended: Set<number> })[] = [];
  for (const event of trace) {
    const { node, at } = event;
    const heard = nodes.get(node) ?? new HeardCancels(rule);
    nodes.set(node, heard);
    if (event.type === "ready" || event.type === "crashed") nodes.delete(node);
    else if (event.type === "cancel sent") {
      // A worker sends a cancel when it begins a job, and its own cancels come back to it.
      ownIds.set(node, event.cancel.consumerId);
      heard.begin(event.cancel.area);
    } else if (event.type === "cancel received") {
      if (event.cancel.consumerId !== ownIds.get(node)) heard.hear(event.cancel, at);
    } else if (event.type === "cancel dropped") heard.drop(event.cancel);
    else if (event.type === "painted" || event.type === "refused") {
      const { command } = event;
      const against = heard.against(command);
      if (!against) continue;
      const known = late.find(
        (one) =>
          one.node === node &&
          one.cancel === against.cancel &&
          one.at === against.at &&
          one.command.revision === command.revision,
      );
      // A statement whose answer was lost runs twice, and is one step.
      if (known) known.ended.add(event.step);
      else late.push({ ...against, node, command, steps: 1, ended: new Set([event.step]) });
    }
  }
  return late.map(({ ended, ...one }) => ({ ...one, steps: ended.size }));
}
