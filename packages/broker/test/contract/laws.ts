import type { Law } from "../support/law.ts";
import { answerLaws } from "./answers.ts";
import { consumingLaws } from "./consuming.ts";
import { deadLetterLaws } from "./dead-letters.ts";
import { errorLaws } from "./errors.ts";
import { exchangeLaws } from "./exchanges.ts";
import { handshakeLaws } from "./handshake.ts";
import { publishingLaws } from "./publishing.ts";
import { queueLaws } from "./queues.ts";

export const laws: Readonly<Record<string, readonly Law[]>> = {
  handshake: handshakeLaws,
  errors: errorLaws,
  queues: queueLaws,
  exchanges: exchangeLaws,
  publishing: publishingLaws,
  consuming: consumingLaws,
  answers: answerLaws,
  "dead letters": deadLetterLaws,
};
