import type { Exercises } from "../../src/exercise.ts";
import { ackAfter } from "./ack-after/exercise.ts";
import { ackInFinally } from "./ack-in-finally/exercise.ts";
import { bindFirst } from "./bind-first/exercise.ts";
import { everybodyHears } from "./everybody-hears/exercise.ts";
import { whoGetsWhat } from "./who-gets-what/exercise.ts";

export const rabbitmq: Exercises = {
  "ack-after": ackAfter,
  "who-gets-what": whoGetsWhat,
  "everybody-hears": everybodyHears,
  "ack-in-finally": ackInFinally,
  "bind-first": bindFirst,
};
