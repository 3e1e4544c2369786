/** Laws of your own: a name each, and a function that looks at a story that is over. */
import type { OwnLaws } from "@shirts/sim";

// #region laws
export const laws: OwnLaws = {
  "who stops a job acks it": ({ trace }) => {
    for (const [at, stop] of trace.entries()) {
      if (stop.type !== "stopped") continue;
      const end = trace
        .slice(at)
        .find(({ type, node }) => node === stop.node && /^(acked|ack dropped|crashed)$/.test(type));
      if (!end) return `${stop.node} stopped ${stop.command.shirt.toUpperCase()} and never acked it`;
    }
    return undefined;
  },
};
// #endregion laws
