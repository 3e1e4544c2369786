import type { VirtualHost } from "../engine/virtual-host.ts";
import type { Connection } from "./connection.ts";
import type { DeprecatedFeatures } from "./deprecated-features.ts";
import type { DirectReplies } from "./direct-replies.ts";
import type { Limits } from "./limits.ts";

/** What all connections of a broker share. */
export interface Broker {
  readonly virtualHost: VirtualHost;
  readonly limits: Limits;
  readonly heartbeatSeconds: number;
  readonly directReplies: DirectReplies;
  readonly deprecated: DeprecatedFeatures;
  /** Called with an error that is not a protocol error: a bug of the broker. */
  onBug(error: unknown): void;
  onClosed(connection: Connection): void;
}
