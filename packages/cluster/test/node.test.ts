/** How a node's tools hang together, on a broker and a table in memory. */
import { after, sleep } from "@shirts/chan";
import { bubble } from "@shirts/chan/testing";
import { type Cancel, type Command, STAGES } from "@shirts/story";
import { expect, test } from "vitest";
import { type NodeInMemory, nodeInMemory } from "./support/node-parts.ts";

const area = "north-america";
const command: Command = { area, shirt: "blue", revision: 3, world: "w1" };
const cancel = (revision: number, world = "w1"): Cancel => ({ area, consumerId: "n2", revision, world });
const { jobs: JOBS, cancels: CANCELS } = STAGES.v4;

/** Runs a story under a fake clock, and ends the node's rounds after it. */
const story = (body: (parts: NodeInMemory) => Promise<void>) => () =>
  bubble(async () => {
    const parts = nodeInMemory();
    await body(parts);
    await parts.shutdown.begin();
    await parts.attempts.end();
  });

test(
  "a node consumes its stage's queue as the stage says, and says that it is ready",
  story(async ({ node, asked, log }) => {
    await node.consume(JOBS);
    expect(asked).toEqual(["world", "consume v4_jobs: quorum, 3 at once"]);
    expect(log).toEqual([{ type: "ready" }]);
  }),
);

test(
  "a node has met its world before it hears cancels, and is named by its own cancel queue",
  story(async ({ node, asked }) => {
    expect((await node.subscribe(CANCELS)).consumerId).toBe("queue-1");
    expect(asked).toEqual(["world"]);
  }),
);

test(
  "a node that was told to end asks for no jobs, and its jobs are over",
  story(async ({ node, asked, shutdown }) => {
    await shutdown.begin();
    expect(await (await node.consume(JOBS)).recv()).toEqual([undefined, false]);
    expect(asked).toEqual(["world"]);
  }),
);

test(
  "a node that is told to end while it asks for jobs stops, and does not say that it is ready",
  story(async (parts) => {
    const { node, asked, log, shutdown } = parts;
    parts.onConsume = () => void shutdown.begin();
    await node.consume(JOBS);
    expect(asked.at(-1)).toBe("stop consuming");
    expect(log).toEqual([]);
  }),
);

test(
  "a node that is told to end takes no more jobs, and sends no lost ones again",
  story(async ({ node, asked, shutdown }) => {
    await node.consume(JOBS);
    await node.relay("v4");
    await sleep(1_500);
    await shutdown.begin();
    await sleep(5_000);
    expect(asked.slice(2)).toEqual(["waiting", "stop consuming"]);
  }),
);

test(
  "jobs and cancels of another world do not pass the node, and those of its own do",
  story(async ({ node, log, deliver, hear }) => {
    const jobs = await node.consume(JOBS);
    deliver(9, "w0");
    deliver(3);
    expect((await jobs.recv())[0]?.command).toEqual(command);
    const { cancels } = await node.subscribe(CANCELS);
    hear(cancel(9, "w0"));
    hear(cancel(3));
    expect(await cancels.recv()).toEqual([cancel(3), true]);
    expect(log.map(({ type }) => type)).toEqual([
      ...["ready", "delivered", "delivered", "rejected"],
      ...["cancel received", "cancel received", "cancel dropped"],
    ]);
  }),
);

test(
  "the table is asked about each job and each cancel that is admitted, and the attempt is noted",
  story(async (parts) => {
    const { node, asked, log, deliver, hear } = parts;
    const jobs = node.admitJobs(await node.consume(JOBS));
    parts.hasAccepted = false;
    deliver(3);
    await after(1).recv();
    expect(log.at(-1)).toMatchObject({ type: "rejected" });
    parts.hasAccepted = true;
    deliver(3);
    const [job] = await jobs.recv();
    expect(asked.at(-1)).toBe("begin");
    job?.ack();
    const { cancels } = node.admitCancels(await node.subscribe(CANCELS));
    hear(cancel(8));
    hear(cancel(3));
    expect(await cancels.recv()).toEqual([cancel(3), true]);
  }),
);

test(
  "a job that killed a node goes alone until its first step has landed; the next one comes then",
  story(async ({ node, deliver }) => {
    const jobs = node.admitJobs(await node.consume(JOBS));
    deliver(3);
    deliver(3);
    const [first] = await jobs.recv();
    let second = "waits";
    const receiving = jobs.recv().then(([job]) => {
      second = "is here";
      job?.ack();
    });
    await after(1).recv();
    expect(second).toBe("waits");
    await node.fence.paint(command, 0);
    await receiving;
    expect(second).toBe("is here");
    first?.ack();
  }),
);

test(
  "what a node catches up on is each area's newest revision, of its own world",
  story(async ({ node, catchUp }) => {
    await node.subscribe(CANCELS, node.newest);
    expect(catchUp()).toBe(node.newest);
    expect(await node.newest()).toEqual([{ area, revision: 3, consumerId: "the table", world: "w1" }]);
  }),
);

test(
  "a cancel goes out with its sender's world, and is reported; one that is lost is told with the reason",
  story(async (parts) => {
    const { broadcast } = await parts.node.subscribe(CANCELS);
    const mine = { area, consumerId: "queue-1", revision: 3 } as const;
    broadcast(mine);
    expect(JSON.parse(parts.wire[0] ?? "")).toMatchObject({
      world: "w1",
      revision: 3,
      consumer_name: "queue-1",
    });
    parts.isBrokerDown = true;
    broadcast(mine);
    await after(1).recv();
    expect(parts.log).toEqual([
      { type: "cancel sent", cancel: mine },
      { type: "cancel sent", cancel: mine },
      { type: "cancel lost", cancel: mine, reason: "the broker is down" },
    ]);
  }),
);

test(
  "a step without the fence takes its pace, and tells whether it landed stale",
  story(async ({ node, log }) => {
    let isOver = false;
    const walked = node.tools
      .pace()
      .recv()
      .then(() => {
        isOver = true;
      });
    await sleep(249);
    expect(isOver).toBe(false);
    await walked;
    await node.tools.paint(command, 4);
    expect(log).toEqual([{ type: "painted", command, step: 4, stale: true }]);
  }),
);

test.each([
  ["painted", true, [{ type: "painted", command, step: 4, stale: false }]],
  ["landed before", true, []],
  ["refused", false, [{ type: "refused", command, step: 4 }]],
] as const)("a fenced step that is %s: the worker goes on: %s", (fence, goesOn, events) =>
  story(async (parts) => {
    parts.fence = fence;
    expect(await parts.node.fence.paint(command, 4)).toBe(goesOn);
    expect(parts.log).toMatchObject(events.map(({ type, step }) => ({ type, step })));
    expect(parts.log).toHaveLength(events.length);
  })(),
);

test(
  "a job goes on where the table says",
  story(async ({ node }) => {
    expect(await node.fence.resume(command)).toBe(9);
  }),
);
