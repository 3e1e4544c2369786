/** Faults of messages: doubled, malformed, never sent. */
import { setTimeout as sleep } from "node:timers/promises";
import { encodeCommand } from "@shirts/cluster/messages";
import { startOnce } from "@shirts/cluster/processes";
import { type Area, type Command, colours, STAGES } from "@shirts/story";
import { POPULATION } from "../arena.ts";
import type { Fault } from "./injection.ts";

/** The newest job is published again while it runs. When all is done, the jobs of overtaken commands come again, too, as from a publisher that saw no confirm. */
export const duplicate: Fault = async ({ arena, commands, allGiven }) => {
  await allGiven;
  const [newest] = commands().slice(-1);
  if (newest) await arena.rabbit.publish(STAGES[arena.stage].jobs.queue, encodeCommand(newest));
  await sleep(300);
  const isOvertaken = ({ area, revision }: Command) =>
    commands().some((other) => other.area === area && other.revision > revision);
  for (const command of commands().filter(isOvertaken)) {
    await arena.rabbit.publish(STAGES[arena.stage].jobs.queue, encodeCommand(command));
  }
};

/** Feeds the workers bodies that are no commands and no cancels: not JSON, a field missing, a megabyte. */
export const malformed: Fault = async ({ arena, random }) => {
  const bodies = [
    Buffer.from("PURPLE"),
    Buffer.from('{"area":"north-america"}'),
    Buffer.alloc(1_000_000, "x"),
  ];
  await arena.rabbit.publish(STAGES[arena.stage].jobs.queue, random.pick(bodies));
  await arena.rabbit.broadcast(STAGES.v4.cancels, random.pick(bodies));
};

/**
 * Another president, a process of its own, is killed between the table and the broker: its command is accepted, and
 * nobody has published it. In v4 the relay does; in the talk's stages nobody ever will.
 */
export const president: Fault = async ({ arena, random, allGiven, note }) => {
  await allGiven;
  const area = random.pick(Object.keys(POPULATION) as Area[]);
  const shirt = random.pick(colours);
  const revision = ((await arena.table.revisions()).get(area) ?? 0) + 1;
  const world = await arena.table.world();
  const args = [shirt, "--area", area, "--stage", arena.stage];
  const doomed = startOnce(
    "another president",
    "cluster/src/president/main.ts",
    args,
    arena.presidentEnv,
    () => {},
  );
  let hasEnded = false;
  const ended = doomed.ended.then(() => {
    hasEnded = true;
  });
  const command = { area, shirt, revision, world };
  while (!hasEnded && !(await arena.table.accepted(command)));
  doomed.signal("SIGKILL");
  await ended;
  if (!(await arena.table.accepted(command)))
    throw new Error(`a president ended before its command was accepted: ${doomed.complaint()}`);
  note(command);
};
