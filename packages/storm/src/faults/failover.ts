/** A failover of PostgreSQL in the middle of a story, as an operator lives it. */
import { startOnce } from "@shirts/cluster/processes";
import type { Injection } from "./injection.ts";

/**
 * The table gets a synchronous replica, a few commands are given, and with the last one just accepted the primary dies and
 * the replica takes over. It has every command, and no people: nodes that meet nobody end. `president --resend` makes the
 * people again and sends what is unfinished, and the nodes are started again.
 */
export async function failover({ arena, allGiven, giveOne, byPerson }: Injection): Promise<void> {
  await arena.postgres.replicate({ synchronous: true });
  await allGiven;
  await giveOne();
  await giveOne();
  await arena.postgres.failover();
  const args = ["--resend", "--stage", arena.stage];
  const main = "cluster/src/president/main.ts";
  await byPerson(async () => {
    const operator = startOnce("the operator", main, args, arena.presidentEnv, () => {});
    const code = await operator.ended;
    if (code !== 0) throw new Error(`president --resend after a failover: ${operator.complaint()}`);
  });
  await arena.heal();
}
