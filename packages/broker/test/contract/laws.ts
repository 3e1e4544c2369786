import type { Law } from "../support/law.ts";
import { ackLaws } from "./acks.ts";
import { consumerTimeoutLaws } from "./consumer-timeouts.ts";
import { consumingLaws } from "./consuming.ts";
import { deadLetterLaws } from "./dead-letters.ts";
import { directReplyLaws } from "./direct-replies.ts";
import { errorLaws } from "./errors.ts";
import { exchangeDeclarationLaws } from "./exchange-declarations.ts";
import { exchangeLaws } from "./exchanges.ts";
import { handshakeLaws } from "./handshake.ts";
import { publishingLaws } from "./publishing.ts";
import { queueDeclarationLaws } from "./queue-declarations.ts";
import { queueLaws } from "./queues.ts";
import { quorumLaws } from "./quorum.ts";

export const laws: Readonly<Record<string, readonly Law[]>> = {
  handshake: handshakeLaws,
  errors: errorLaws,
  "queue declarations": queueDeclarationLaws,
  queues: queueLaws,
  "exchange declarations": exchangeDeclarationLaws,
  exchanges: exchangeLaws,
  publishing: publishingLaws,
  "direct replies": directReplyLaws,
  consuming: consumingLaws,
  acks: ackLaws,
  "dead letters": deadLetterLaws,
  "quorum queues": quorumLaws,
  "consumer timeouts": consumerTimeoutLaws,
};
