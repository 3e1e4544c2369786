/**
 * Programs with a planted bug of the classic kind, each beside its repair. In JavaScript's own order none of them breaks, so a test that
 * runs them once is green.
 */

import { after, chan, go, receiving, select, WaitGroup } from "../../src/index.ts";

/** What lies outside the program. */
export interface World {
  /** The time that a database or another server takes. */
  wait(): Promise<void>;
  /** Another scheduler may go on elsewhere here. `explore` needs no such marks: each operation of chan is one. */
  mark(): Promise<void> | undefined;
}

export interface Bug {
  readonly name: string;
  readonly broken: (world: World) => Promise<void>;
  readonly repaired: (world: World) => Promise<void>;
}

function check(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

/** The flag is looked at, the bell rings, and then somebody listens to the bell. */
const lostWakeUp = (listensFirst: boolean) => async (world: World) => {
  let isReady = false;
  const bell = chan<void>(listensFirst ? 1 : 0);
  go(async function producer() {
    await world.wait();
    await world.wait();
    isReady = true;
    bell.trySend();
  });
  if (isReady) return;
  await world.wait();
  await world.mark();
  await bell.recv();
};

/** Two buyers look at one seat. */
const checkThenAct = (isOneStep: boolean) => async (world: World) => {
  let seats = 1;
  let sold = 0;
  const group = new WaitGroup();
  async function buy(): Promise<void> {
    const free = seats;
    if (!isOneStep) await world.wait();
    if (free === 0) return;
    seats = free - 1;
    sold++;
  }
  group.go(buy);
  group.go(async function late() {
    await world.wait();
    await buy();
  });
  await world.mark();
  await group.wait();
  check(sold === 1, `one seat was sold to ${sold}`);
};

/** Each of two workers closes the chan when it seems open. */
const closedTwice = (marksFirst: boolean) => async (world: World) => {
  const stop = chan<never>();
  let isStopped = false;
  async function end(): Promise<void> {
    if (isStopped) return;
    if (marksFirst) isStopped = true;
    await world.wait();
    isStopped = true;
    stop.close();
  }
  go(end);
  go(async function late() {
    await world.wait();
    await end();
  });
  await world.mark();
  await stop.recv();
};

/** The answer comes with the timeout, and nobody receives it. */
const forgottenReceive = (hasRoom: boolean) => async (world: World) => {
  const answer = chan<string>(hasRoom ? 1 : 0);
  go(async function server() {
    await after(10).recv();
    await world.mark();
    await answer.send("here");
  });
  await world.wait();
  await select({ answer: receiving(answer), late: receiving(after(10)) });
};

/** Three philosophers, three forks; each takes the one at the left first. */
const philosophers = (hasLeftHander: boolean) => async (world: World) => {
  const forks = [chan<void>(1), chan<void>(1), chan<void>(1)];
  const group = new WaitGroup();
  for (const place of [0, 1, 2])
    group.go(async function philosopher() {
      let [first, second] = [forks[place], forks[(place + 1) % 3]];
      if (hasLeftHander && place === 2) [first, second] = [second, first];
      if (place > 0) await world.wait();
      await world.mark();
      await first?.send();
      await world.mark();
      await second?.send();
      second?.tryRecv();
      first?.tryRecv();
    });
  await world.mark();
  await group.wait();
};

/** As long as there are jobs, select may leave the stop where it is. */
const starvingSelect = (asksStopFirst: boolean) => async (world: World) => {
  const [stop, jobs] = [chan<void>(1), chan<number>(8)];
  for (let job = 0; job < 8; job++) jobs.trySend(job);
  let late = 0;
  go(async function boss() {
    await world.mark();
    await stop.send();
  });
  await world.wait();
  for (;;) {
    await world.mark();
    if (asksStopFirst && stop.tryRecv() !== undefined) break;
    const it = await select({ stop: receiving(stop), job: receiving(jobs) });
    if (it.case === "stop") break;
    if (stop.len === 1) late++;
    check(late < 4, "it was told to stop, and did four more jobs");
  }
};

/** The answer to the older question comes last. */
const lateAnswer = (comparesAge: boolean) => async (world: World) => {
  let [shown, newest] = [0, 0];
  const group = new WaitGroup();
  async function ask(): Promise<void> {
    const question = ++newest;
    await world.wait();
    if (!comparesAge || question === newest) shown = question;
  }
  group.go(ask);
  group.go(ask);
  await world.mark();
  await group.wait();
  check(shown === newest, `question ${newest} was the last, and answer ${shown} is shown`);
};

/** The receiver has enough and closes; a sender is not done. */
const closedByReceiver = (closesAsSender: boolean) => async (world: World) => {
  const values = chan<number>(2);
  const group = new WaitGroup();
  for (const n of [1, 2])
    group.go(async function sender() {
      await world.mark();
      await values.send(n);
    });
  if (closesAsSender) await group.wait();
  await world.wait();
  await world.mark();
  await values.recv();
  values.close();
};

/** For one step a pair does not fit together, after many steps in which it does. */
const narrowGap = (isOneStep: boolean) => async (world: World) => {
  const values = chan<number>(16);
  let [from, to] = [0, 0];
  go(async function writer() {
    for (let n = 0; n < 14; n++) {
      await world.mark();
      await values.send(n);
    }
    from++;
    if (!isOneStep) {
      await world.mark();
      await values.send(14);
    }
    to++;
  });
  go(async function reader() {
    await world.mark();
    check(from === to, `read the pair ${from}, ${to}`);
  });
};

function bug(name: string, program: (isRepaired: boolean) => Bug["broken"]): Bug {
  return { name, broken: program(false), repaired: program(true) };
}

export const BUGS: readonly Bug[] = [
  bug("lost wake-up", lostWakeUp),
  bug("check, then act", checkThenAct),
  bug("closed twice", closedTwice),
  bug("late answer", lateAnswer),
  bug("closed by the receiver", closedByReceiver),
  bug("forgotten receive", forgottenReceive),
  bug("dining philosophers", philosophers),
  bug("starving select", starvingSelect),
  bug("narrow gap", narrowGap),
];
