import type { FaultyFile } from "../fault.ts";

export const president: readonly FaultyFile[] = [
  {
    file: "cluster/src/president/president.ts",
    tests: ["cluster/test/president.test.ts"],
    faults: [
      {
        fault: "a command whose job is stored stays unconfirmed",
        find: "await table.confirm(order);",
        put: "",
      },
      {
        fault: "a command is confirmed before the broker has its job",
        find: "await rabbit.publish(STAGES[stage].jobs.queue, encodeCommand(order)); await table.confirm(order);",
        put: "await table.confirm(order); await rabbit.publish(STAGES[stage].jobs.queue, encodeCommand(order));",
      },
      {
        fault: "nobody waits until the broker has the job",
        find: "await rabbit.publish(STAGES[stage].jobs.queue, encodeCommand(order));",
        put: "void rabbit.publish(STAGES[stage].jobs.queue, encodeCommand(order)).catch(() => {});", // the fault itself
      },
      {
        fault: "v4's president announces no command",
        find: 'stage === "v4" ? announce(rabbit, report, order) : undefined',
        put: "undefined",
      },
      {
        fault: "the presidents of all stages announce their commands",
        find: 'stage === "v4" ? announce(rabbit, report, order) : undefined',
        put: "announce(rabbit, report, order)",
      },
      {
        fault: "a lost announcement fails its command",
        find: 'report?.({ type: "cancel lost", cancel, reason: explain(error) });',
        put: "throw error;",
      },
      {
        fault: "a lost announcement is not told",
        find: 'report?.({ type: "cancel lost", cancel, reason: explain(error) });',
        put: "void error;",
      },
      {
        fault: "an announcement names no world, and is dropped as another world's",
        find: 'consumerId: "president", revision, world }',
        put: 'consumerId: "president", revision }',
      },
      {
        fault: "an announcement names the revision before its command's",
        find: 'consumerId: "president", revision, world }',
        put: 'consumerId: "president", revision: revision - 1, world }',
      },
      {
        fault: "a command is published before it is told that it is accepted",
        find: "onAccepted(order); await send(dependencies, stage, order);",
        put: "await send(dependencies, stage, order); onAccepted(order);",
      },
      {
        fault: "a command that failed once is never sent again",
        find: "const orders = await table.unconfirmed(stage);",
        put: "const orders: Command[] = [];",
      },
      {
        fault: "unfinished commands of v3 are sent again",
        find: 'if (!unfinished || stage !== "v4") return orders;',
        put: "if (!unfinished) return orders;",
      },
      {
        fault: "unfinished commands are sent again without being asked for",
        find: 'if (!unfinished || stage !== "v4") return orders;',
        put: 'if (stage !== "v4") return orders;',
      },
      {
        fault: "a command that is unconfirmed and unfinished is sent twice",
        find: "(await table.unfinished(stage)).filter(isNew)",
        put: "(await table.unfinished(stage))",
      },
      {
        fault: "one command that cannot be sent again fails all",
        find: "(error) => ({ order, failure: explain(error) })",
        put: "undefined",
      },
      {
        fault: "the president declares its queue of another type",
        find: "declareQueue(queue, { type })",
        put: "declareQueue(queue)",
      },
    ],
  },
];
