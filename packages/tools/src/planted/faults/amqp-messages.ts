import type { FaultyFile } from "../fault.ts";

const PUBLISH = "amqp/test/publish.test.ts";
const FAN_OUT = "amqp/test/fan-out.test.ts";
const RECONNECT = "amqp/test/reconnect.test.ts";

export const amqpMessages: readonly FaultyFile[] = [
  {
    file: "amqp/src/publisher.ts",
    tests: [PUBLISH, RECONNECT],
    faults: [
      {
        fault: "a message whose confirm was lost is not sent again",
        find: "this.#unsent = this.#pending.list();",
        put: "",
        tests: [RECONNECT],
      },
      {
        fault: "a message that reached no queue counts as sent",
        find: "if (message) message.isReturned = true;",
        put: "void message;",
      },
      {
        fault: "a message need not reach any queue",
        find: "mandatory: isMandatory,",
        put: "mandatory: false,",
      },
      {
        fault: "a job does not survive a restart of the broker",
        find: "persistent: isMandatory,",
        put: "persistent: false,",
      },
      {
        fault: "a message counts as sent before its confirm",
        find: "const id = this.#prefix + this.#count++;",
        put: "resolve(); const id = this.#prefix + this.#count++;",
      },
      {
        fault: "a message that the broker nacked is never sent again",
        find: "else if (this.#amqpChannel === amqpChannel) this.#nacked(amqpChannel, message);",
        put: "",
        tests: ["amqp/test/nack.test.ts"],
      },
      {
        fault: "a message that the broker nacked counts as sent",
        find: "if (error === null) this.#confirmed(message);",
        put: "if (error !== undefined) this.#confirmed(message);",
        tests: ["amqp/test/nack.test.ts"],
      },
      { fault: "messages without a confirm are without number", find: "size < maxPending &&", put: "" },
      {
        fault: "messages without a confirm are of any size",
        find: "(size === 0 || bytes + message.body.length <= maxPendingBytes)",
        put: "true",
      },
      {
        fault: "a message waits for its confirm without an end",
        find: "if (this.#timer === undefined) this.#watchTime();",
        put: "",
        tests: [RECONNECT],
      },
      {
        fault: "close does not wait for confirms",
        find: "if (this.#pending.size > 0) await",
        put: "if (this.#pending.size < 0) await",
        tests: [RECONNECT],
      },
      {
        fault: "close leaves those who wait for a confirm waiting",
        find: 'this.#giveUp(message, "closed", "the connection is closed");',
        put: "void message;",
        tests: [RECONNECT],
      },
      {
        fault: "what waited for the socket is not sent when it drains",
        find: "this.#isFull = false; this.#flush(amqpChannel); });",
        put: "this.#isFull = false; });",
      },
      {
        fault: "a refused message is tried for ever",
        find: "if (replyCode(refusal) === undefined) return;",
        put: "if (refusal === undefined || refusal) return;",
      },
      {
        fault: "exchanges are not declared again for a broker that lost its memory",
        find: "await this.exchanges.restore(model);",
        put: "",
      },
      {
        fault: "a broker that blocks is no part of the error",
        find: "this.#blocked = reason;",
        put: "",
      },
      {
        fault: "a message that reached no queue once never counts as sent",
        find: "message.isReturned = false; try",
        put: "try",
        tests: ["amqp/test/publisher.test.ts"],
      },
    ],
  },
  {
    file: "amqp/src/subscribe.ts",
    tests: [FAN_OUT, RECONNECT],
    faults: [
      {
        fault: "what was missed during a reconnect is not asked for",
        find: "if (!isFirst) this.#resync();",
        put: "",
        tests: [RECONNECT],
      },
      {
        fault: "what was missed is asked for before the new queue is bound",
        find: "await declareFanout(amqpChannel, this.#exchange);",
        put: 'await declareFanout(amqpChannel, this.#exchange); if (this.name !== "") this.#resync();',
        also: [{ find: "if (!isFirst) this.#resync();", put: "" }],
        tests: ["amqp/test/catch-up.test.ts"],
      },
      {
        fault: "what nobody missed is asked for",
        find: "if (!isFirst) this.#resync();",
        put: "this.#resync();",
      },
      {
        fault: "a question for what was missed that fails is not asked again",
        find: "this.#complain(`catching up failed: ${message}`); return true;",
        put: "this.#complain(`catching up failed: ${message}`); return false;",
        tests: [RECONNECT],
      },
      {
        fault: "a question for what was missed that fails is not told",
        find: "this.#complain(`catching up failed: ${message}`);",
        put: "void message;",
        tests: [RECONNECT],
      },
      {
        fault: "what is missed while one asks is forgotten",
        find: "while (this.#hasMissed && !this.#isClosed) await retry",
        put: "await retry",
        tests: ["amqp/test/catch-up.test.ts"],
      },
      {
        fault: "two ask at once what was missed",
        find: "if (!this.#isResyncing) void this.#catchUp();",
        put: "void this.#catchUp();",
        tests: ["amqp/test/catch-up.test.ts"],
      },
      {
        fault: "an answer that came says that nothing was missed meanwhile",
        find: "this.#hasMissed = false; for (const value of (await this.#options.onResubscribe?.()) ?? []) this.#put(value);",
        put: "for (const value of (await this.#options.onResubscribe?.()) ?? []) this.#put(value); this.#hasMissed = false;",
        tests: ["amqp/test/catch-up.test.ts"],
      },
      {
        fault: "when the buffer is full the newest value goes",
        find: "this.values.tryRecv(); this.values.trySend(value);",
        put: "",
      },
      {
        fault: "what a full buffer drops is not asked for",
        find: "if (!this.#put(value)) this.#resync();",
        put: "this.#put(value);",
      },
      {
        fault: "a subscription that the broker took away stays deaf",
        find: "else this.#persistent?.renew(cancelled(0));",
        put: "",
        tests: ["amqp/test/catch-up.test.ts"],
      },
      {
        fault: "a malformed broadcast disappears",
        find: "void this.#deadLetter(message, error instanceof Error ? error.message : String(error));",
        put: "",
      },
      {
        fault: "a subscription does not end with its stop",
        find: "if (!this.#isClosed) this.values.close();",
        put: "",
      },
      {
        fault: "a subscription that was stopped leaves its AMQP channel open",
        find: "if (this.#persistent) await this.#supervisor.release(this.#persistent);",
        put: "",
      },
      {
        fault: "malformed broadcasts of any number wait to be dead-lettered",
        find: "if (dying.messages >= DEAD_LETTER_LIMIT.messages || dying.bytes + bytes > DEAD_LETTER_LIMIT.bytes)",
        put: "if (dying.messages < 0)",
      },
    ],
  },
];
