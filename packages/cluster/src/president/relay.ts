/**
 * The relay: what drives the outbox. As long as a president lives, what the table has accepted and the broker has not
 * confirmed for a while is published again, also what another president left behind.
 *
 * It is for v4, where a second copy of a job does no harm: the president may be about to get the confirm himself.
 */
import { after, chan, receiving, select, WaitGroup } from "@shirts/chan";
import type { Stage } from "@shirts/story";
import { type Dependencies, missed, resend } from "./president.ts";

export interface RelayOptions {
  /** A command is sent again when it waits for its confirm for so long, in milliseconds. Default 5000. */
  readonly afterMs?: number;
  /** How often the table is asked, in milliseconds. Default 1000. */
  readonly everyMs?: number;
}

export interface Relay {
  /** Resolves when nothing more is sent; waits for what is on its way. A second call waits for the same. */
  stop(): Promise<void>;
}

/** Starts a relay. What it sends and what fails is reported; it goes on until it is stopped. */
export function startRelay(
  dependencies: Dependencies,
  stage: Stage,
  { afterMs = 5_000, everyMs = 1_000 }: RelayOptions = {},
): Relay {
  const stopping = chan<never>();
  const routine = new WaitGroup();
  routine.go(async () => {
    for (;;) {
      const it = await select({ stop: receiving(stopping), tick: receiving(after(everyMs)) });
      if (it.case === "stop") return;
      await relay(dependencies, stage, afterMs);
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

/** One round. Never rejects. */
async function relay(dependencies: Dependencies, stage: Stage, forMs: number): Promise<void> {
  const { report } = dependencies;
  try {
    for (const { order, failure } of await resend(
      dependencies,
      stage,
      await missed(dependencies, stage, { forMs }),
    ))
      report?.(
        failure === undefined
          ? { type: "sent again", command: order }
          : { type: "failed", reason: `revision ${order.revision} was not sent again: ${failure}` },
      );
  } catch (error) {
    report?.({ type: "failed", reason: `the outbox cannot be read: ${(error as Error).message}` });
  }
}
