/** What happens to the connection with the broker, for the trace and for people. */
import type { ConnectionStatus } from "@shirts/amqp";
import type { Report } from "@shirts/story";
import { explain } from "../advice.ts";

/** Returns what amqp calls for each change. `tell` gets a line where a person may have to do something. */
export function onStatus(report: Report, tell: (line: string) => void): (status: ConnectionStatus) => void {
  return ({ status, error, reason: cause = "no reason given" }) => {
    const reason = error ? explain(error) : cause;
    switch (status) {
      case "connected":
        return report({ type: "reconnected" });
      case "disconnected":
        return report({ type: "disconnected", reason });
      case "unblocked":
        return report({ type: "unblocked" });
      case "blocked":
        report({ type: "blocked", reason });
        return tell(`the broker takes no messages from us: ${reason}. Give it memory or disk`);
      case "failed":
        report({ type: "failed", reason });
        return tell(`failed, and tries again: ${reason}`);
    }
  };
}
