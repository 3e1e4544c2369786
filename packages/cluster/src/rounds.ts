/** Rounds: something that is done again and again, with the same pause in between, until it is stopped. */
import { after, chan, receiving, select, WaitGroup } from "@shirts/chan";

export interface Rounds {
  /** Resolves when no round runs any more, and none will. A second call waits for the same. */
  stop(): Promise<void>;
}

/** Starts rounds, the first one in `everyMs` milliseconds. `round` must not reject. */
export function startRounds(everyMs: number, round: () => Promise<void>): Rounds {
  const stopping = chan<never>();
  const routine = new WaitGroup();
  routine.go(async () => {
    for (;;) {
      const it = await select({ stop: receiving(stopping), tick: receiving(after(everyMs)) });
      if (it.case === "stop") return;
      await round();
    }
  });
  let isStopping = false;
  return {
    async stop() {
      if (!isStopping) stopping.close();
      isStopping = true;
      await routine.wait();
    },
  };
}
