/** How a node came to work on a command after a newer one was accepted: it woke up, the job came again, or it went on. */
import { isOwn } from "./cancel-sender.ts";
import type { TraceEvent } from "./trace.ts";

type Of<T extends TraceEvent["type"]> = TraceEvent & { readonly type: T };

/** `heard`: since the newer command it had heard a cancel for the area, not its own, before this step was reported. */
export type HowLate =
  /** The node was frozen when the newer command was accepted or before, and went on after it. */
  | { readonly kind: "woke up"; readonly heard: boolean }
  /** The job was delivered after the newer command was accepted; again, when an earlier delivery was not acked. */
  | { readonly kind: "delivered late"; readonly delivery: Of<"delivered"> }
  /** It had the job before, and went on. */
  | { readonly kind: "went on"; readonly heard: boolean };

/** How the step of `trace[index]`, painted, refused or stopped at, came to be late. Undefined when no newer command is reported before it. */
export function howLate(trace: readonly TraceEvent[], index: number): HowLate | undefined {
  const step = trace[index];
  if (step?.type !== "painted" && step?.type !== "refused" && step?.type !== "stopped") return undefined;
  const { area, revision } = step.command;
  const before = trace.slice(0, index);
  const accepted = before.findIndex(
    (event) => event.type === "commanded" && event.command.area === area && event.command.revision > revision,
  );
  if (accepted === -1) return undefined;
  const last = <T extends TraceEvent["type"]>(type: T, isIt: (event: Of<T>) => boolean = () => true) => {
    const at = before.findLastIndex(
      (event) => event.node === step.node && event.type === type && isIt(event as Of<T>),
    );
    return { at, event: before[at] as Of<T> | undefined };
  };
  const delivery = last("delivered", ({ command }) => command.area === area && command.revision === revision);
  if (delivery.event && delivery.at > accepted) return { kind: "delivered late", delivery: delivery.event };
  const cancel = last("cancel received", (event) => event.cancel.area === area && !isOwn(trace, event));
  const heard = cancel.at > accepted;
  return { kind: last("resumed").at > accepted ? "woke up" : "went on", heard };
}
