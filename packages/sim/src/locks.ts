/**
 * The row of an area as PostgreSQL keeps it: one step or one command has it at a time. And a fenced step as the events that it is
 * made of. Only the exploration of locks plays a step like this; everywhere else a step is one event.
 *
 * Invariants:
 * 1. One step has the row at a time, or a command when no step has it. While a command waits, no new step gets the row.
 * 2. A person who is painted and not committed belongs to that step; another step waits for him.
 */
import type { Area, Command } from "@shirts/story";
import type { Process } from "./process.ts";
import type { Simulation } from "./simulation.ts";

/**
 * What a fenced step does with the row.
 * - held: it gets the row, compares what is there now, and holds it until it commits: FOR NO KEY UPDATE.
 * - none: it compares what it sees when it begins, and holds nothing.
 * - late: it compares what it sees when it begins, and then waits for the row and holds it.
 */
export type Locking = "held" | "none" | "late";

interface AreaLock {
  /** A step holds the row. */
  isHeld: boolean;
  isCommandWaiting: boolean;
  /** The people who are painted and not committed. */
  readonly people: Set<number>;
}

export class Locks {
  private readonly areas = new Map<Area, AreaLock>();

  of(area: Area): AreaLock {
    let lock = this.areas.get(area);
    if (!lock) {
      lock = { isHeld: false, isCommandWaiting: false, people: new Set() };
      this.areas.set(area, lock);
    }
    return lock;
  }

  /** The president gives one command after the other. */
  get isCommandWaiting(): boolean {
    return [...this.areas.values()].some((lock) => lock.isCommandWaiting);
  }

  /** Everything that can make a difference to the rest of the story, as text. */
  key(): string {
    return [...this.areas.values()]
      .map((one) => `${one.isHeld}${one.isCommandWaiting}${[...one.people]}`)
      .join();
  }
}

/** A command waits until no step holds the row; then it is accepted. */
export function acceptWithLock(sim: Simulation, { area, revision }: Pick<Command, "area" | "revision">, accept: () => void): void {
  if (sim.stage.locking === "none") {
    accept();
    return;
  }
  const lock = sim.locks.of(area);
  lock.isCommandWaiting = true;
  sim.later({ label: `command ${revision} has the row`, can: () => !lock.isHeld }, () => {
    lock.isCommandWaiting = false;
    accept();
  });
}

/** One step: it asks, it gets the row, it paints, it commits. `answer` is called at the end, with whether it painted. */
export function paintWithLock(
  sim: Simulation,
  process: Process,
  { command, step }: { readonly command: Command; readonly step: number },
  answer: (isPainted: boolean, label: string) => void,
): void {
  const { locking } = sim.stage;
  const lock = sim.locks.of(command.area);
  const name = `${process.name} c${command.revision} ${step}`;
  const asked = `${name} asks`;
  sim.later({ label: asked }, () => {
    const sawStale = sim.table.isStale(command);
    if (locking === "held") getRow(() => sim.table.isStale(command));
    else if (sawStale) refuse(asked);
    else if (locking === "none") paint();
    else getRow(() => false);
  });

  function getRow(isStale: () => boolean): void {
    const label = `${name} has the row`;
    sim.later({ label, can: () => !lock.isHeld && !lock.isCommandWaiting }, () => {
      if (isStale()) {
        refuse(label);
        return;
      }
      lock.isHeld = true;
      paint();
    });
  }

  function paint(): void {
    sim.later({ label: `${name} paints`, can: () => !lock.people.has(step) }, () => {
      lock.people.add(step);
      sim.later({ label: `${name} commits` }, commit);
    });
  }

  function commit(): void {
    lock.people.delete(step);
    if (locking !== "none") lock.isHeld = false;
    const stale = sim.table.isStale(command);
    sim.table.paint(command, step, false);
    process.report({ type: "painted", command, step, stale });
    answer(true, `${name} commits`);
  }

  function refuse(label: string): void {
    sim.table.paint(command, step, true);
    process.report({ type: "refused", command, step });
    answer(false, label);
  }
}
