/**
 * The orders of small abstract programs, counted by other means than `explore`: states are plain data, each step copies one, and
 * equal states are counted once. It shares nothing with chan; Go's rules are written down here a second time.
 */

/** Chans are numbers. A select takes one of its operations. */
export type Op =
  | { readonly op: "send" | "recv" | "close"; readonly chan: number }
  | { readonly op: "sleep"; readonly ms: number }
  | { readonly op: "select"; readonly cases: readonly { op: "send" | "recv"; chan: number }[] };

export interface Program {
  /** The buffer of each chan. */
  readonly caps: readonly number[];
  /** Main first; it starts all others before its own operations. */
  readonly routines: readonly (readonly Op[])[];
}

export interface Orders {
  /** How many orders there are; an order that breaks ends there. */
  readonly orders: number;
  readonly broken: number;
  /** How they break. */
  readonly kinds: readonly string[];
}

interface Routine {
  at: number;
  is: "ready" | "blocked" | "asleep" | "over";
  /** Its operation panics when it goes on. */
  panics: boolean;
  untilMs: number;
}

interface Chan {
  readonly cap: number;
  held: number;
  closed: boolean;
  senders: number[];
  receivers: number[];
}

interface State {
  nowMs: number;
  routines: Routine[];
  chans: Chan[];
  broken: string | undefined;
}

export function plainOrders(program: Program): Orders {
  const known = new Map<string, Orders>();
  const from = (state: State): Orders => {
    const name = JSON.stringify(state);
    const before = known.get(name);
    if (before !== undefined) return before;
    const nexts = state.broken === undefined ? nextStates(program, state) : [];
    const kind = state.broken ?? (nexts.length === 0 ? endOf(state) : undefined);
    let orders: Orders =
      nexts.length > 0
        ? { orders: 0, broken: 0, kinds: [] }
        : { orders: 1, broken: kind === undefined ? 0 : 1, kinds: kind === undefined ? [] : [kind] };
    for (const next of nexts) orders = sum(orders, from(next));
    known.set(name, orders);
    return orders;
  };
  return from({
    nowMs: 0,
    routines: [{ at: 0, is: "ready", panics: false, untilMs: 0 }],
    chans: program.caps.map((cap) => ({ cap, held: 0, closed: false, senders: [], receivers: [] })),
    broken: undefined,
  });
}

function sum(a: Orders, b: Orders): Orders {
  return {
    orders: a.orders + b.orders,
    broken: a.broken + b.broken,
    kinds: [...new Set([...a.kinds, ...b.kinds])].sort(),
  };
}

function endOf({ routines }: State): string | undefined {
  if (routines[0]?.is !== "over") return "deadlock";
  return routines.every(({ is }) => is === "over") ? undefined : "left behind";
}

/** One state for each way to go on, and for each case that a select may take. */
function nextStates(program: Program, state: State): State[] {
  const isReady = state.routines.some(({ is }) => is === "ready");
  const due = Math.min(...state.routines.flatMap(({ is, untilMs }) => (is === "asleep" ? [untilMs] : [])));
  const nowMs = isReady || due === Number.POSITIVE_INFINITY ? state.nowMs : Math.max(due, state.nowMs);
  return state.routines.flatMap(({ is, untilMs }, who) => {
    if (is !== "ready" && !(is === "asleep" && untilMs <= nowMs)) return [];
    return step(program, { ...structuredClone(state), nowMs }, who);
  });
}

/** The routine goes on until its next operation ends or blocks. */
function step(program: Program, state: State, who: number): State[] {
  const me = state.routines[who] as Routine;
  if (me.panics) return [{ ...state, broken: who === 0 ? "error" : "panic" }];
  if (who === 0 && me.at === 0)
    for (const _ of program.routines.slice(1))
      state.routines.push({ at: 0, is: "ready", panics: false, untilMs: 0 });
  for (;;) {
    const op = program.routines[who]?.[me.at];
    me.at++;
    if (op === undefined) {
      me.is = "over";
      return [state];
    }
    if (op.op === "sleep") {
      me.is = "asleep";
      me.untilMs = state.nowMs + op.ms;
      return [state];
    }
    if (op.op === "select") return select(state, who, op.cases);
    const chan = state.chans[op.chan] as Chan;
    if (op.op !== "close") {
      me.is = "ready";
      if (!isReady(chan, op.op)) block(state, who, [{ ...op, op: op.op }]);
      else perform(state, who, op.op, op.chan);
      return [state];
    }
    if (chan.closed) return [{ ...state, broken: who === 0 ? "error" : "panic" }];
    close(state, chan);
  }
}

function select(state: State, who: number, cases: readonly { op: "send" | "recv"; chan: number }[]): State[] {
  const ready = cases.filter(({ op, chan }) => isReady(state.chans[chan] as Chan, op));
  if (ready.length === 0) block(state, who, cases);
  else (state.routines[who] as Routine).is = "ready";
  if (ready.length === 0) return [state];
  return ready.map(({ op, chan }) => {
    const next = structuredClone(state);
    perform(next, who, op, chan);
    return next;
  });
}

function isReady(chan: Chan, op: "send" | "recv"): boolean {
  if (chan.closed) return true;
  return op === "send"
    ? chan.receivers.length > 0 || chan.held < chan.cap
    : chan.held > 0 || chan.senders.length > 0;
}

function block(state: State, who: number, cases: readonly { op: "send" | "recv"; chan: number }[]): void {
  (state.routines[who] as Routine).is = "blocked";
  for (const { op, chan } of cases) {
    const { senders, receivers } = state.chans[chan] as Chan;
    (op === "send" ? senders : receivers).push(who);
  }
}

function perform(state: State, who: number, op: "send" | "recv", at: number): void {
  const chan = state.chans[at] as Chan;
  if (op === "send") {
    if (chan.closed) (state.routines[who] as Routine).panics = true;
    else if (chan.receivers.length > 0) wake(state, chan.receivers[0] as number);
    else chan.held++;
    return;
  }
  if (chan.held > 0) chan.held--;
  if (chan.senders.length === 0) return;
  wake(state, chan.senders[0] as number);
  if (chan.cap > 0) chan.held++;
}

/** It leaves all queues. */
function wake(state: State, who: number): void {
  (state.routines[who] as Routine).is = "ready";
  for (const chan of state.chans) {
    chan.senders = chan.senders.filter((other) => other !== who);
    chan.receivers = chan.receivers.filter((other) => other !== who);
  }
}

function close(state: State, chan: Chan): void {
  chan.closed = true;
  for (const who of [...chan.receivers]) wake(state, who);
  for (const who of [...chan.senders]) {
    (state.routines[who] as Routine).panics = true;
    wake(state, who);
  }
}
