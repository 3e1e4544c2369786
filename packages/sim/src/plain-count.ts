/**
 * The same orders, counted by other means: the story as a plain state machine. It runs no worker, no chan and no broker, and
 * shares nothing with the simulator but the story; what each stage does is written down here a second time, as data and rules.
 * States are counted once by their JSON, and every state is a whole copy.
 */

/** What a stage does, as answers to yes-or-no questions. */
export interface Rules {
  /** How many jobs a node may hold. */
  readonly prefetch: number;
  /** A node that takes a job cancels it everywhere else. */
  readonly cancels?: true;
  /** A cancel has an age: it stops only what is older, and a node stops nothing newer for a job. */
  readonly ages?: true;
  /** A node remembers the newest command that it has heard of, and drops older jobs. */
  readonly remembers?: true;
  /** The president tells all nodes of a command. */
  readonly announces?: true;
  /** The table refuses an old step. v4's soldier heeds that and ends; the others walk on. */
  readonly fence?: "heeded" | "unheard";
}

const many = { prefetch: 3, cancels: true } as const;
const aged = { ...many, ages: true, remembers: true, announces: true } as const;

export const RULES: Readonly<Record<string, Rules>> = {
  v1: { prefetch: 1 },
  v2: { prefetch: 1, cancels: true },
  v3: many,
  revision: { ...many, ages: true },
  fence: { prefetch: 1, fence: "unheard" },
  "v3-fence": { ...many, fence: "unheard" },
  order: { ...many, announces: true },
  "no-fence": aged,
  v4: { ...aged, fence: "heeded" },
};

/** A soldier on his way. He walks, then his step is at the table, then he walks on. */
interface Soldier {
  command: number;
  done: number;
  at: "walk" | "table";
  told: boolean;
  /** The job's node still looks for him by area. */
  known: boolean;
}

interface Node {
  jobs: number[];
  cancels: { of: number; by: number }[];
  soldiers: Soldier[];
  newest: number;
  /** Jobs that were given to it and are not acked. */
  holds: number;
}

interface State {
  accepted: number;
  queue: number[];
  turn: number;
  /** Which command each person wears. */
  people: number[];
  late: boolean;
  isLossLeft: boolean;
  nodes: Node[];
}

export interface Size {
  readonly nodes: number;
  readonly people: number;
  readonly commands: number;
}

export interface PlainCount {
  readonly orders: number;
  /** Somebody does not wear the last command at the end. */
  readonly wrong: number;
  /** A step of an older command landed after a newer one was accepted. */
  readonly late: number;
}

/** No node: so everybody hears him. */
const PRESIDENT = -1;

/** Counts every order of events of one story; with `loses`, one cancel is lost on its way to a node. */
export function plainCount(rules: Rules, size: Size, loses = false): PlainCount {
  const node = (): Node => ({ jobs: [], cancels: [], soldiers: [], newest: 0, holds: 0 });
  return new PlainStory(rules, size).from({
    accepted: 0,
    queue: [],
    turn: 0,
    people: new Array<number>(size.people).fill(0),
    late: false,
    isLossLeft: loses,
    nodes: Array.from({ length: size.nodes }, node),
  });
}

class PlainStory {
  private readonly known = new Map<string, PlainCount>();
  private readonly rules: Rules;
  private readonly size: Size;

  constructor(rules: Rules, size: Size) {
    this.rules = rules;
    this.size = size;
  }

  /** Counts the orders from here to the end. */
  from(state: State): PlainCount {
    const name = JSON.stringify(state);
    const before = this.known.get(name);
    if (before) return before;
    const events = this.eventsOf(state);
    const sum = { orders: 0, wrong: 0, late: 0 };
    if (events.length === 0 && !state.isLossLeft) {
      sum.orders = 1;
      sum.wrong = state.people.some((worn) => worn !== this.size.commands) ? 1 : 0;
      sum.late = state.late ? 1 : 0;
    }
    for (const event of events) {
      const next: State = structuredClone(state);
      event(next);
      const { orders, wrong, late } = this.from(next);
      sum.orders += orders;
      sum.wrong += wrong;
      sum.late += late;
    }
    this.known.set(name, sum);
    return sum;
  }

  private eventsOf(state: State): ((next: State) => void)[] {
    const events: ((next: State) => void)[] = [];
    if (state.accepted < this.size.commands) events.push((next) => this.command(next));
    state.nodes.forEach(({ jobs, cancels, soldiers }, i) => {
      if (jobs.length > 0) events.push((next) => this.takeJob(next, i));
      if (cancels.length > 0) events.push((next) => this.hearCancel(next, i));
      if (cancels.length > 0 && state.isLossLeft) events.push((next) => this.loseCancel(next, i));
      soldiers.forEach(({ at }, soldier) => {
        if (at === "walk") events.push((next) => this.arrive(next, i, soldier));
        else events.push((next) => this.paint(next, i, soldier));
      });
    });
    return events;
  }

  private command(state: State): void {
    state.accepted++;
    state.queue.push(state.accepted);
    this.handOut(state);
    if (this.rules.announces) this.tellAll(state, state.accepted, PRESIDENT);
  }

  private handOut(state: State): void {
    for (let i = 0; i < this.size.nodes && state.queue.length > 0; i++) {
      const at = (state.turn + i) % this.size.nodes;
      const node = nodeOf(state, at);
      if (node.holds >= this.rules.prefetch) continue;
      node.holds++;
      node.jobs.push(state.queue.shift() as number);
      state.turn = (at + 1) % this.size.nodes;
      i = -1;
    }
  }

  /** Everybody hears a cancel, but nobody its own. */
  private tellAll(state: State, of: number, by: number): void {
    state.nodes.forEach(({ cancels }, i) => {
      if (i !== by) cancels.push({ of, by });
    });
  }

  private takeJob(state: State, i: number): void {
    const node = nodeOf(state, i);
    const job = node.jobs.shift() as number;
    const busy = node.soldiers.find(({ known }) => known);
    const heard = this.rules.remembers ? node.newest : this.rules.ages ? (busy?.command ?? 0) : 0;
    if (job < heard) {
      this.ack(state, i);
      return;
    }
    node.newest = job;
    node.soldiers.push({ command: job, done: 0, at: "walk", told: false, known: true });
    if (this.rules.cancels) {
      this.tellAll(state, job, i);
      if (busy) this.stop(state, i, busy);
    }
  }

  private hearCancel(state: State, i: number): void {
    const node = nodeOf(state, i);
    const { of } = node.cancels.shift() as { of: number };
    node.newest = Math.max(node.newest, of);
    const busy = node.soldiers.find(({ known }) => known);
    if (busy && (!this.rules.ages || busy.command < of)) this.stop(state, i, busy);
  }

  private loseCancel(state: State, i: number): void {
    nodeOf(state, i).cancels.shift();
    state.isLossLeft = false;
  }

  /** On his way he stops at once; his step that is at the table lands first. */
  private stop(state: State, i: number, soldier: Soldier): void {
    soldier.known = false;
    soldier.told = true;
    if (soldier.at === "walk") this.dismiss(state, i, soldier);
  }

  private arrive(state: State, i: number, soldier: number): void {
    (nodeOf(state, i).soldiers[soldier] as Soldier).at = "table";
  }

  private paint(state: State, i: number, index: number): void {
    const soldier = nodeOf(state, i).soldiers[index] as Soldier;
    const isOld = soldier.command < state.accepted;
    if (isOld && this.rules.fence === "heeded") {
      this.dismiss(state, i, soldier);
      return;
    }
    if (!this.rules.fence || !isOld) {
      state.people[soldier.done] = soldier.command;
      if (isOld) state.late = true;
    }
    soldier.done++;
    soldier.at = "walk";
    if (soldier.done === this.size.people || soldier.told) this.dismiss(state, i, soldier);
  }

  private dismiss(state: State, i: number, soldier: Soldier): void {
    const node = nodeOf(state, i);
    node.soldiers = node.soldiers.filter((one) => one !== soldier);
    this.ack(state, i);
  }

  private ack(state: State, i: number): void {
    nodeOf(state, i).holds--;
    this.handOut(state);
  }
}

function nodeOf(state: State, i: number): Node {
  return state.nodes[i] as Node;
}
