import { sleep } from "@shirts/chan";
import { ending } from "@shirts/learn/ending";
import { exercise } from "@shirts/learn/exercise";
import type { Command } from "@shirts/story";
import type { give as given } from "./given.ts";

interface Played {
  readonly lines: readonly string[];
  readonly complaint: string | undefined;
}

const name = ({ shirt, revision }: Command) => `${shirt.toUpperCase()} ${revision}`;

/** Two commands. Another president accepts GREEN at `otherMs`; table and broker need 10 ms each. */
async function play(give: typeof given, otherMs: number): Promise<Played> {
  const lines: string[] = [];
  const accepted: Command[] = [];
  const published: Command[] = [];
  let complaint: string | undefined;
  const add = (shirt: Command["shirt"]) => {
    const command: Command = { area: "north-america", shirt, revision: accepted.length + 1 };
    accepted.push(command);
    lines.push(`the table accepts ${name(command)}`);
    return command;
  };
  const isKnown = (one: Command) => accepted.some((row) => name(row) === name(one));
  const stopped = await ending(async () => {
    const other = sleep(otherMs).then(() => add("green"));
    const desk = {
      async newest() {
        await sleep(2);
        const { length } = accepted;
        await sleep(2);
        return length;
      },
      async accept(_: Command["area"], shirt: Command["shirt"]) {
        await sleep(5);
        const command = add(shirt);
        await sleep(5);
        return command;
      },
      async publish(command: Command) {
        await sleep(5);
        published.push(command);
        lines.push(
          `a worker takes ${name(command)}${isKnown(command) ? "" : ", and the table does not know it"}`,
        );
        if (!isKnown(command))
          complaint ??= `a worker takes ${name(command)}, and the table has not accepted it: it is refused as a stranger, and when the row comes, its job is gone`;
        await sleep(5);
      },
    };
    for (const shirt of ["purple", "blue"] as const) {
      const command = await give(desk, "north-america", shirt);
      if (!isKnown(command))
        complaint ??= `\`give\` resolves with ${name(command)}, and the table has no such command`;
      else if (!published.some((one) => name(one) === name(command)))
        complaint ??= `\`give\` resolves with ${name(command)}, and its job is not in the queue: nobody has asked the broker, or waited for its answer`;
    }
    await other;
    await sleep(50);
  });
  const twice = published.find((one, i) => published.findIndex((other) => name(other) === name(one)) < i);
  const own = accepted.filter(({ shirt }) => shirt !== "green");
  if (own.length > 2)
    complaint ??= `two commands were given, and the table has accepted ${own.length}: ${own.map(name).join(", ")}`;
  if (twice) complaint ??= `the job of ${name(twice)} is published twice`;
  return { lines, complaint: complaint ?? stopped };
}

export const tableFirst = exercise({
  task: `The job is in the queue before the row is in the table. A worker that is fast enough finds nothing.
And another president may take the number meanwhile. Put the two into the right order: only the table gives revisions.`,
  law: "a job in the queue is a command that the table has accepted; when `give` resolves, both are done",
  hints: [
    "Which of the two may be seen by others first?",
    "`accept` gives you the whole command, with its revision. You need not ask for the newest one.",
    "`const command = await accept(area, shirt); await publish(command); return command;`",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  async run({ give }, print) {
    (await play(give, 7)).lines.forEach(print);
  },
  async complaint({ give }) {
    for (const otherMs of [1, 4, 7, 12, 18, 100]) {
      const { complaint } = await play(give, otherMs);
      if (complaint) return complaint;
    }
    return undefined;
  },
});
