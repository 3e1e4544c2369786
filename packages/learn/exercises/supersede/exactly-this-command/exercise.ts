import { sleep } from "@shirts/chan";
import { ending } from "@shirts/learn/ending";
import { exercise } from "@shirts/learn/exercise";
import type { Command } from "@shirts/story";
import type { Table } from "./given.ts";

const rows: readonly Command[] = [
  { area: "north-america", shirt: "purple", revision: 1 },
  { area: "north-america", shirt: "blue", revision: 2 },
  { area: "south-america", shirt: "green", revision: 1 },
];

/** The table as it is, and how long it needs. */
const table: Table = {
  async acceptedShirt(area, revision) {
    await sleep(1);
    return rows.find((row) => row.area === area && row.revision === revision)?.shirt;
  },
  async newest(area) {
    await sleep(1);
    return Math.max(...rows.filter((row) => row.area === area).map(({ revision }) => revision));
  },
};

const cases: readonly { readonly command: Command; readonly passes: boolean; readonly why: string }[] = [
  {
    command: { area: "north-america", shirt: "blue", revision: 2 },
    passes: true,
    why: "the table has accepted it",
  },
  {
    command: { area: "north-america", shirt: "green", revision: 1000 },
    passes: false,
    why: "the table has never given 1000. A worker that believes it drops every real command as older",
  },
  {
    command: { area: "north-america", shirt: "purple", revision: 1 },
    passes: true,
    why: "the table has accepted it. That it is old is the worker's matter: it drops it, and acks",
  },
  {
    command: { area: "north-america", shirt: "green", revision: 2 },
    passes: false,
    why: "revision 2 is BLUE in the table. This one comes from another world",
  },
  {
    command: { area: "south-america", shirt: "green", revision: 2 },
    passes: false,
    why: "South America has given only 1",
  },
  {
    command: { area: "north-america", shirt: "green", revision: 1 },
    passes: false,
    why: "GREEN 1 was accepted for South America, not for North America",
  },
  {
    command: { area: "north-america", shirt: "purple", revision: 0 },
    passes: false,
    why: "the first revision is 1",
  },
];

export const exactlyThisCommand = exercise({
  task: `A job with revision 1000 arrives, which nobody ever gave. This admission lets it pass, since it is not older than the newest.
Let a job pass only when the table has accepted exactly this command.`,
  law: "a job passes exactly when the table has accepted its area, its revision and its shirt together",
  hints: [
    "To be high is no proof. Who gives revisions?",
    "`table.acceptedShirt(area, revision)` answers with what it has accepted under this number.",
    "Compare the answer with `command.shirt`. When there is no such row, it is undefined, and no shirt.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  async run({ admits }, print) {
    const told = await Promise.all(
      cases.map(async ({ command }) => ({ command, passes: await admits(table, command) })),
    );
    for (const { command, passes } of told)
      print(
        `${command.shirt.toUpperCase()} ${command.revision} for ${command.area}: ${passes ? "passes" : "is dead-lettered"}`,
      );
  },
  async complaint({ admits }) {
    for (const { command, passes, why } of cases) {
      let got: unknown;
      const stopped = await ending(async () => {
        got = await admits(table, command);
      });
      const name = `${command.shirt.toUpperCase()} ${command.revision} for ${command.area}`;
      if (stopped) return `${name}: ${stopped}`;
      if (got !== passes)
        return `${name} ${got ? "passes" : "is dead-lettered"}, and it should ${passes ? "pass" : "be dead-lettered"}: ${why}`;
    }
    return undefined;
  },
});
