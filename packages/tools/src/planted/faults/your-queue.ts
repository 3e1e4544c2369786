import type { FaultyFile } from "../fault.ts";

/** The fences that stand in somebody else's queue. */
export const yourQueue: readonly FaultyFile[] = [
  {
    file: "your-queue/src/plain/fenced.ts",
    tests: ["your-queue/test/queues.test.ts"],
    faults: [
      {
        fault: "plain: the fence compares nothing",
        find: "revision = $4 FOR NO KEY UPDATE",
        put: "(revision = $4 OR true) FOR NO KEY UPDATE",
        title: "plain with the fence",
      },
      {
        fault: "plain: the fence compares, and holds nothing",
        find: "AND revision = $4 FOR NO KEY UPDATE",
        put: "AND revision = $4",
        tests: ["your-queue/test/lock.test.ts"],
        title: "BLUE is accepted after the write",
      },
      {
        fault: "plain: a command does not raise the revision",
        find: "SET revision = areas.revision + 1 RETURNING",
        put: "SET revision = areas.revision RETURNING",
        title: "plain with the fence",
      },
    ],
  },
  {
    file: "your-queue/src/bullmq/fenced.ts",
    tests: ["your-queue/test/queues.test.ts"],
    faults: [
      {
        fault: "bullmq: the fence compares nothing",
        find: "revision = $4 FOR NO KEY UPDATE",
        put: "(revision = $4 OR true) FOR NO KEY UPDATE",
        title: "bullmq with the fence",
      },
      {
        fault: "bullmq: a command does not raise the revision",
        find: "SET revision = areas.revision + 1 RETURNING",
        put: "SET revision = areas.revision RETURNING",
        title: "bullmq with the fence",
      },
    ],
  },
  {
    file: "your-queue/src/pg-boss/fenced.ts",
    tests: ["your-queue/test/queues.test.ts"],
    faults: [
      {
        fault: "pg-boss: the fence compares nothing",
        find: "revision = $4 FOR NO KEY UPDATE",
        put: "(revision = $4 OR true) FOR NO KEY UPDATE",
        title: "pg-boss with the fence",
      },
      {
        fault: "pg-boss: a command does not raise the revision",
        find: "SET revision = areas.revision + 1 RETURNING",
        put: "SET revision = areas.revision RETURNING",
        title: "pg-boss with the fence",
      },
    ],
  },
  {
    file: "your-queue/src/graphile-worker/fenced.ts",
    tests: ["your-queue/test/queues.test.ts"],
    faults: [
      {
        fault: "graphile-worker: the fence compares nothing",
        find: "revision = $4 FOR NO KEY UPDATE",
        put: "(revision = $4 OR true) FOR NO KEY UPDATE",
        title: "graphile-worker with the fence",
      },
      {
        fault: "graphile-worker: a command does not raise the revision",
        find: "SET revision = areas.revision + 1 RETURNING",
        put: "SET revision = areas.revision RETURNING",
        title: "graphile-worker with the fence",
      },
    ],
  },
  {
    file: "your-queue/src/store/fenced.ts",
    tests: ["your-queue/test/queues.test.ts"],
    faults: [
      {
        fault: "store: the pointer moves for an older revision",
        find: "accepted === revision ? { accepted, shown: revision } : undefined",
        put: "true ? { accepted, shown: revision } : undefined",
        title: "store with the fence",
      },
    ],
  },
  {
    file: "your-queue/src/store/server.ts",
    tests: ["your-queue/test/data.test.ts"],
    faults: [
      {
        fault: "store: If-Match is not looked at",
        find: "mustMatch !== undefined &&",
        put: "mustMatch === 'never' &&",
        title: "writes nothing when the ETag is an old one",
      },
    ],
  },
  {
    file: "your-queue/src/store/objects.ts",
    tests: ["your-queue/test/data.test.ts"],
    faults: [
      {
        fault: "store: the pointer is written without a precondition",
        find: "JSON.stringify(changed), precondition",
        put: "JSON.stringify(changed)",
        title: "loses no move",
      },
    ],
  },
  {
    file: "your-queue/src/mail/fenced.ts",
    tests: ["your-queue/test/queues.test.ts"],
    faults: [
      {
        fault: "mail: what the fence answers is not looked at",
        find: "if (!(await note(db, job))) {",
        put: "if (!(await note(db, job)) && job.id < 0) {",
        title: "mail with the fence",
      },
    ],
  },
  {
    file: "your-queue/src/mail/notes.ts",
    tests: ["your-queue/test/data.test.ts"],
    faults: [
      {
        fault: "mail: an older note is sent by reconcile",
        find: '"SELECT area, revision, shirt FROM notes JOIN areas USING (area, revision) WHERE NOT sent"',
        put: '"SELECT area, revision, shirt FROM notes WHERE NOT sent"',
        title: "no longer the newest",
      },
    ],
  },
  {
    file: "your-queue/src/plain/jobs.ts",
    tests: ["your-queue/test/plain.test.ts"],
    faults: [
      {
        fault: "plain: a job that is locked is given again at once",
        find: "AND locked_until < now()",
        put: "",
        title: "SKIP LOCKED gives two workers two jobs",
      },
    ],
  },
];
