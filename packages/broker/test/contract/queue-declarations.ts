import type { Args } from "../../src/wire/methods.ts";
import { type Fields, table } from "../support/fields.ts";
import { type Law, law } from "../support/law.ts";
import { locked } from "../support/transcript.ts";

/** Declares a queue with `first` and again with `second`. */
function again(first: Partial<Args<"queue.declare">>, second: Partial<Args<"queue.declare">>): Law["run"] {
  return async (sandbox) => {
    const client = await sandbox.client();
    const queue = sandbox.queue("q");
    await client.call(1, "queue.declare", { queue, ...first });
    await client.call(1, "queue.declare", { queue, ...second });
    return sandbox.lines(client, "queue.declare-ok", "channel.close", "connection.close");
  };
}

/** Declares a durable queue with these arguments. */
function declaring(args: Fields, more = {}): Law["run"] {
  return async (sandbox) => {
    const client = await sandbox.client();
    await client.call(1, "queue.declare", {
      queue: sandbox.queue("q"),
      durable: true,
      args: table(args),
      ...more,
    });
    return sandbox.lines(client, "queue.declare-ok", "channel.close", "connection.close");
  };
}

export const queueDeclarationLaws: Law[] = [
  law(
    "a passive declare of a missing queue is 404",
    async (sandbox) => {
      const client = await sandbox.client();
      await client.call(1, "queue.declare", { queue: sandbox.queue("q"), passive: true });
      return sandbox.lines(client, "channel.close");
    },
    ["channel.close replyCode=404 replyText=NOT_FOUND - no queue 'q' in vhost '/' classId=50 methodId=10"],
  ),
  law("a passive declare asks for nothing else", again({ durable: true }, { passive: true }), [
    "queue.declare-ok queue=q",
    "queue.declare-ok queue=q",
  ]),
  law("declaring the same again is fine", again({ durable: true }, { durable: true }), [
    "queue.declare-ok queue=q",
    "queue.declare-ok queue=q",
  ]),
  law("durable must be the same", again({ durable: true }, {}), [
    "queue.declare-ok queue=q",
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'durable' for queue 'q' in vhost '/': received 'false' but current is 'true' classId=50 methodId=10",
  ]),
  law("durable must be the same, the other way round", again({}, { durable: true }), [
    "queue.declare-ok queue=q",
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'durable' for queue 'q' in vhost '/': received 'true' but current is 'false' classId=50 methodId=10",
  ]),
  law("auto-delete must be the same", again({ autoDelete: true }, {}), [
    "queue.declare-ok queue=q",
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'auto_delete' for queue 'q' in vhost '/': received 'false' but current is 'true' classId=50 methodId=10",
  ]),
  law("exclusive must be the same", again({ exclusive: true }, {}), [
    "queue.declare-ok queue=q",
    locked(50, 10),
  ]),
  law("exclusive must be the same, the other way round", again({}, { exclusive: true }), [
    "queue.declare-ok queue=q",
    locked(50, 10),
  ]),
  law(
    "an exclusive queue is not durable, even when durable is asked for",
    again({ exclusive: true, durable: true }, { exclusive: true }),
    ["queue.declare-ok queue=q", "queue.declare-ok queue=q"],
  ),
  law(
    "a time to live must be the same",
    again({ args: table({ "x-message-ttl": 1000 }) }, { args: table({ "x-message-ttl": 2000 }) }),
    [
      "queue.declare-ok queue=q",
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'x-message-ttl' for queue 'q' in vhost '/': received '2000' but current is '1000' classId=50 methodId=10",
    ],
  ),
  law("a time to live that is missing differs", again({ args: table({ "x-message-ttl": 1000 }) }, {}), [
    "queue.declare-ok queue=q",
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'x-message-ttl' for queue 'q' in vhost '/': received none but current is the value '1000' of type 'signedint' classId=50 methodId=10",
  ]),
  law("a time to live that was not there differs", again({}, { args: table({ "x-message-ttl": 1000 }) }), [
    "queue.declare-ok queue=q",
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'x-message-ttl' for queue 'q' in vhost '/': received the value '1000' of type 'signedint' but current is none classId=50 methodId=10",
  ]),
  law(
    "the width of a number is no difference",
    again(
      { args: table({ "x-message-ttl": 1000 }) },
      { args: table({ "x-message-ttl": { type: "l", value: 1000n } }) },
    ),
    ["queue.declare-ok queue=q", "queue.declare-ok queue=q"],
  ),
  law(
    "a dead-letter exchange must be the same",
    again(
      { args: table({ "x-dead-letter-exchange": "a" }) },
      { args: table({ "x-dead-letter-exchange": "b" }) },
    ),
    [
      "queue.declare-ok queue=q",
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'x-dead-letter-exchange' for queue 'q' in vhost '/': received 'b' but current is 'a' classId=50 methodId=10",
    ],
  ),
  law(
    "a dead-letter key must be the same",
    again(
      { args: table({ "x-dead-letter-exchange": "", "x-dead-letter-routing-key": "a" }) },
      { args: table({ "x-dead-letter-exchange": "" }) },
    ),
    [
      "queue.declare-ok queue=q",
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'x-dead-letter-routing-key' for queue 'q' in vhost '/': received none but current is the value 'a' of type 'longstr' classId=50 methodId=10",
    ],
  ),
  law(
    "a maximal length must be the same",
    again({ args: table({ "x-max-length": 5 }) }, { args: table({ "x-max-length": 6 }) }),
    [
      "queue.declare-ok queue=q",
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'x-max-length' for queue 'q' in vhost '/': received '6' but current is '5' classId=50 methodId=10",
    ],
  ),
  law("a maximal length in bytes must be the same", again({ args: table({ "x-max-length-bytes": 5 }) }, {}), [
    "queue.declare-ok queue=q",
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'x-max-length-bytes' for queue 'q' in vhost '/': received none but current is the value '5' of type 'signedint' classId=50 methodId=10",
  ]),
  law("an expiry must be the same", again({ args: table({ "x-expires": 60000 }) }, {}), [
    "queue.declare-ok queue=q",
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'x-expires' for queue 'q' in vhost '/': received none but current is the value '60000' of type 'signedint' classId=50 methodId=10",
  ]),
  law("a maximal priority must be the same", again({ args: table({ "x-max-priority": 3 }) }, {}), [
    "queue.declare-ok queue=q",
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'x-max-priority' for queue 'q' in vhost '/': received none but current is the value '3' of type 'signedint' classId=50 methodId=10",
  ]),
  law(
    "a single active consumer must be the same",
    again({ args: table({ "x-single-active-consumer": true }) }, {}),
    [
      "queue.declare-ok queue=q",
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'x-single-active-consumer' for queue 'q' in vhost '/': received none but current is the value 'true' of type 'bool' classId=50 methodId=10",
    ],
  ),
  law("an overflow rule must be the same", again({ args: table({ "x-overflow": "reject-publish" }) }, {}), [
    "queue.declare-ok queue=q",
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'x-overflow' for queue 'q' in vhost '/': received none but current is the value 'reject-publish' of type 'longstr' classId=50 methodId=10",
  ]),
  law(
    "a queue type must be the same",
    again({ durable: true, args: table({ "x-queue-type": "quorum" }) }, { durable: true }),
    [
      "queue.declare-ok queue=q",
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'x-queue-type' for queue 'q' in vhost '/': received 'classic' but current is 'quorum' classId=50 methodId=10",
    ],
    {
      differs:
        "A queue that names no type is called classic in the text. RabbitMQ 3 says that it received none.",
      lines: [
        "queue.declare-ok queue=q",
        "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'x-queue-type' for queue 'q' in vhost '/': received none but current is the value 'quorum' of type 'longstr' classId=50 methodId=10",
      ],
    },
  ),
  law(
    "naming the queue type classic is no difference",
    again({ args: table({ "x-queue-type": "classic" }) }, {}),
    ["queue.declare-ok queue=q", "queue.declare-ok queue=q"],
  ),
  law("a queue mode must be the same", again({ args: table({ "x-queue-mode": "lazy" }) }, {}), [
    "queue.declare-ok queue=q",
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'x-queue-mode' for queue 'q' in vhost '/': received none but current is the value 'lazy' of type 'longstr' classId=50 methodId=10",
  ]),
  law("unknown arguments do not count", again({ args: table({ "x-colour": "blue" }) }, {}), [
    "queue.declare-ok queue=q",
    "queue.declare-ok queue=q",
  ]),
  law(
    "durable is compared before auto-delete and arguments",
    again({ durable: true }, { autoDelete: true, args: table({ "x-max-length": 1 }) }),
    [
      "queue.declare-ok queue=q",
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'durable' for queue 'q' in vhost '/': received 'false' but current is 'true' classId=50 methodId=10",
    ],
  ),
  law("a negative time to live is refused", declaring({ "x-message-ttl": -1 }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-message-ttl' for queue 'q' in vhost '/': {value_negative,-1} classId=50 methodId=10",
  ]),
  law("a time to live of text is refused", declaring({ "x-message-ttl": "soon" }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-message-ttl' for queue 'q' in vhost '/': \"expected integer, got longstr\" classId=50 methodId=10",
  ]),
  law(
    "a time to live that is too long is refused",
    declaring({ "x-message-ttl": { type: "l", value: 315_360_000_001n } }),
    [
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-message-ttl' for queue 'q' in vhost '/': {value_too_large,315360000001} classId=50 methodId=10",
    ],
  ),
  law("a time to live of zero is fine", declaring({ "x-message-ttl": 0 }), ["queue.declare-ok queue=q"]),
  law("an expiry of zero is refused", declaring({ "x-expires": 0 }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-expires' for queue 'q' in vhost '/': {value_zero,0} classId=50 methodId=10",
  ]),
  law("a negative expiry is refused", declaring({ "x-expires": -5 }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-expires' for queue 'q' in vhost '/': {value_negative,-5} classId=50 methodId=10",
  ]),
  law("a negative length is refused", declaring({ "x-max-length": -1 }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-max-length' for queue 'q' in vhost '/': {value_negative,-1} classId=50 methodId=10",
  ]),
  law("a negative length in bytes is refused", declaring({ "x-max-length-bytes": -1 }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-max-length-bytes' for queue 'q' in vhost '/': {value_negative,-1} classId=50 methodId=10",
  ]),
  law("a dead-letter exchange of a number is refused", declaring({ "x-dead-letter-exchange": 5 }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid type 'signedint' for arg 'x-dead-letter-exchange' in queue 'q' in vhost '/' classId=50 methodId=10",
  ]),
  law("a dead-letter key without an exchange is refused", declaring({ "x-dead-letter-routing-key": "a" }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-dead-letter-routing-key' for queue 'q' in vhost '/': routing_key_but_no_dlx_defined classId=50 methodId=10",
  ]),
  law(
    "a dead-letter key of a number is refused",
    declaring({ "x-dead-letter-exchange": "", "x-dead-letter-routing-key": 5 }),
    [
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-dead-letter-routing-key' for queue 'q' in vhost '/': {unacceptable_type,signedint} classId=50 methodId=10",
    ],
  ),
  law("a maximal priority above 255 is refused", declaring({ "x-max-priority": 256 }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-max-priority' for queue 'q' in vhost '/': {max_value_exceeded,256} classId=50 methodId=10",
  ]),
  law("a negative maximal priority is refused", declaring({ "x-max-priority": -1 }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-max-priority' for queue 'q' in vhost '/': {value_negative,-1} classId=50 methodId=10",
  ]),
  law("an unknown overflow rule is refused", declaring({ "x-overflow": "explode" }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-overflow' for queue 'q' in vhost '/': invalid_overflow classId=50 methodId=10",
  ]),
  law("an overflow rule of a number is refused", declaring({ "x-overflow": 1 }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-overflow' for queue 'q' in vhost '/': {unacceptable_type,signedint} classId=50 methodId=10",
  ]),
  law(
    "an unknown queue mode is no error",
    declaring({ "x-queue-mode": "fast" }),
    ["queue.declare-ok queue=q"],
    {
      differs: "A queue mode is not looked at. RabbitMQ 3 refuses an unknown one.",
      lines: [
        "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-queue-mode' for queue 'q' in vhost '/': \"unsupported queue mode 'fast'\" classId=50 methodId=10",
      ],
    },
  ),
  law("an unknown queue type is refused", declaring({ "x-queue-type": "magic" }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-queue-type' for queue 'q' in vhost '/': \"unsupported queue type 'magic'\" classId=50 methodId=10",
  ]),
  law("a queue type of a number is refused", declaring({ "x-queue-type": 1 }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-queue-type' for queue 'q' in vhost '/': {unacceptable_type,signedint} classId=50 methodId=10",
  ]),
  law("a single active consumer of text is refused", declaring({ "x-single-active-consumer": "yes" }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-single-active-consumer' for queue 'q' in vhost '/': {unacceptable_type,longstr} classId=50 methodId=10",
  ]),
  law("a queue version of 7 is refused", declaring({ "x-queue-version": 7 }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-queue-version' for queue 'q' in vhost '/': \"unsupported queue version '7'\" classId=50 methodId=10",
  ]),
  law(
    "a queue version of 1 is refused",
    declaring({ "x-queue-version": 1 }),
    [
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-queue-version' for queue 'q' in vhost '/': \"unsupported queue version '1'\" classId=50 methodId=10",
    ],
    {
      differs: "A classic queue has version 2 only. RabbitMQ 3 also has version 1.",
      lines: ["queue.declare-ok queue=q"],
    },
  ),
  law("a quorum queue cannot be transient", declaring({ "x-queue-type": "quorum" }, { durable: false }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid property 'non-durable' for queue 'q' in vhost '/' classId=50 methodId=10",
  ]),
  law("a quorum queue cannot be exclusive", declaring({ "x-queue-type": "quorum" }, { exclusive: true }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid property 'exclusive-owner' for queue 'q' in vhost '/' classId=50 methodId=10",
  ]),
  law("a quorum queue cannot be auto-delete", declaring({ "x-queue-type": "quorum" }, { autoDelete: true }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid property 'auto-delete' for queue 'q' in vhost '/' classId=50 methodId=10",
  ]),
  law("a quorum queue has no priorities", declaring({ "x-queue-type": "quorum", "x-max-priority": 5 }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-max-priority' for queue 'q' in vhost '/' of queue type rabbit_quorum_queue classId=50 methodId=10",
  ]),
  law("a quorum queue has no lazy mode", declaring({ "x-queue-type": "quorum", "x-queue-mode": "lazy" }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-queue-mode' for queue 'q' in vhost '/' of queue type rabbit_quorum_queue classId=50 methodId=10",
  ]),
  law(
    "a negative delivery limit is no limit",
    declaring({ "x-queue-type": "quorum", "x-delivery-limit": -1 }),
    ["queue.declare-ok queue=q"],
  ),
  law(
    "a delivery limit of text is not looked at",
    declaring({ "x-queue-type": "quorum", "x-delivery-limit": "3" }),
    ["queue.declare-ok queue=q"],
  ),
  law("a quorum queue needs a name", declaring({ "x-queue-type": "quorum" }, { queue: "" }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - Cannot declare a server-named queue for type rabbit_quorum_queue classId=50 methodId=10",
  ]),
  law("a delivery limit is for quorum queues", declaring({ "x-delivery-limit": 3 }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-delivery-limit' for queue 'q' in vhost '/' of queue type rabbit_classic_queue classId=50 methodId=10",
  ]),
];
