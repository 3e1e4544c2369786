/** `pnpm --filter storm failover`: one failover of PostgreSQL, event by event, and what the fence is worth after it. */
import { connect } from "@shirts/amqp";
import { brokerName, tableName } from "@shirts/cluster/names";
import { command, declareJobs } from "@shirts/cluster/president";
import { end, killAll, startNode, startOnce } from "@shirts/cluster/processes";
import { program, stopSignal } from "@shirts/command-line";
import { startFailoverPostgres, startRabbitMq } from "@shirts/servers";
import type { Command } from "@shirts/story";
import { openTable, type Table, WorldGoneError } from "@shirts/table";
import pg from "pg";

const USAGE = `One failover of PostgreSQL, event by event, on a PostgreSQL, a replica and a RabbitMQ of its own.

  pnpm --filter storm failover [--synchronous]

  --synchronous  a commit waits until the replica has it

Without it the replica is one commit behind when the primary dies, and a command is lost.
`;

const AREA = "north-america";
const STEPS = 10;

function say(what: string, came: string): void {
  process.stdout.write(`${what.padEnd(30)} ${came}\n`);
}

/** What the fence says to one step of a worker that was admitted before the failover. */
async function tryStep(table: Table, order: Command): Promise<void> {
  const what = `${order.shirt.toUpperCase()}'s worker paints on`;
  try {
    const passed = await table.paintFenced(order, 0, { steps: STEPS, node: "zombie" });
    say(what, passed ? `passes the fence with revision ${order.revision}` : "refused: there is a newer one");
  } catch (error) {
    if (!(error instanceof WorldGoneError)) throw error;
    say(what, "refused: it is of another world");
  }
}

async function play(isSynchronous: boolean, opened: (() => Promise<unknown>)[]): Promise<void> {
  const postgres = await startFailoverPostgres();
  opened.push(() => postgres.stop());
  const broker = await startRabbitMq();
  opened.push(() => broker.stop());
  const table = await openTable(postgres.url);
  opened.push(() => table.close());
  await table.prepare({ population: { [AREA]: 100 } });
  const rabbit = await connect(broker.url);
  opened.push(() => rabbit.close());
  say("the servers", `${brokerName(rabbit.server)} and ${tableName(table.server)}`);
  const queue = await declareJobs(rabbit, "v4");
  const order = (shirt: Command["shirt"]) => command({ rabbit, table }, "v4", AREA, shirt, () => {});

  const replica = await postgres.replicate({ synchronous: isSynchronous });
  const purple = await order("purple");
  await untilThere(replica.url, purple);
  say("PURPLE is commanded", `revision ${purple.revision}, on the primary and on its replica`);
  if (!isSynchronous) await replica.detach();
  const blue = await order("blue");
  const where = isSynchronous ? "on the primary and on its replica" : "on the primary only";
  say("BLUE is commanded", `revision ${blue.revision}, ${where}; its job is with the broker`);
  await postgres.failover();
  say("the primary dies", "its replica takes over");

  await table.world(); // tried again, until a connection goes to the new primary
  const newest = (await table.revisions()).get(AREA);
  const isThere = await table.accepted(blue);
  say("the table", `newest is revision ${newest}; it ${isThere ? "has" : "never"} accepted BLUE`);
  say("the broker", `${(await rabbit.depth(queue)).messages} jobs wait`);
  await table.repopulate();
  await tryStep(table, purple);
  const green = await order("green");
  const twice = green.revision === blue.revision ? ": BLUE's number, given twice" : "";
  say("GREEN is commanded", `revision ${green.revision}${twice}`);
  await tryStep(table, blue);

  const env = { AMQP_URL: broker.url, DATABASE_URL: postgres.url };
  const action = isSynchronous ? "--resend" : "--renew";
  say(
    `pnpm president ${action}`,
    isSynchronous ? "sends what is unfinished" : "gives the world a new name, and sends what is unfinished",
  );
  const operator = startOnce(
    "president",
    "cluster/src/president/main.ts",
    [action, "--stage", "v4"],
    env,
    () => {},
  );
  if ((await operator.ended) !== 0) throw new Error(operator.complaint());
  await tryStep(table, blue);
  await finish(env, green);
  const [verdict] = await table.verdict();
  say(
    "the verdict",
    `${verdict?.wrong} of ${verdict?.people} wear something else than ${verdict?.commanded?.toUpperCase()}`,
  );
}

/** A replica can be asked, but it is no table: what cannot be written is refused when it is opened. */
async function untilThere(url: string, { area, revision }: Command): Promise<void> {
  const replica = new pg.Client(url);
  // The question that it is asked fails, and says why.
  replica.on("error", () => {});
  await replica.connect();
  try {
    const newest = async () =>
      (await replica.query("SELECT revision FROM story.areas WHERE area::text = $1", [area])).rows[0]
        ?.revision;
    while (Number((await newest()) ?? 0) < revision);
  } finally {
    await replica.end();
  }
}

/** A node works until the command is done. What is of another world it dead-letters. */
async function finish(env: NodeJS.ProcessEnv, order: Command): Promise<void> {
  let rejected = 0;
  let done = () => {};
  const isDone = new Promise<void>((resolve) => {
    done = resolve;
  });
  const settings = { name: "node 1", stage: "v4", paceMs: 1, steps: STEPS, drainMs: 500, env } as const;
  const { node, ready } = startNode(settings, (event) => {
    if (event.type === "rejected") rejected++;
    if (event.type === "acked" && event.command.revision === order.revision) done();
  });
  await ready;
  const code = await Promise.race([isDone, node.ended]);
  if (code !== undefined) throw new Error(`the node ended (${code}): ${node.complaint()}`);
  await end(node);
  say("a node starts", `dead-letters ${rejected} jobs, and paints ${order.shirt.toUpperCase()}`);
}

process.once("exit", killAll);
await program({
  name: "failover",
  usage: USAGE,
  options: { synchronous: { type: "boolean", default: false } },
  async main({ synchronous }) {
    const opened: (() => Promise<unknown>)[] = [];
    try {
      const ended = await Promise.race([play(synchronous, opened), stopSignal()]);
      return ended ?? 0;
    } finally {
      for (const close of opened.reverse()) await close();
    }
  },
});
