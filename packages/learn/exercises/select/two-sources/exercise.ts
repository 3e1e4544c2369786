import { play } from "@shirts/basics/play";
import { chan, go, type SendChan, sleep } from "@shirts/chan";
import { differs, exercise } from "@shirts/learn/exercise";
import { tried } from "@shirts/learn/tried";

const asleep = "it waits although both are closed, or for one that is silent while the other one is ready";
const spins =
  "a closed chan is always ready, so its case wins again and again: switch it off, whichever of the two it is";

/** Sends each name at its moment in milliseconds, then closes. */
async function sendAt(shirts: SendChan<string>, moments: Readonly<Record<string, number>>): Promise<void> {
  let now = 0;
  for (const [name, ms] of Object.entries(moments)) {
    await sleep(ms - now);
    now = ms;
    await shirts.send(name);
  }
  shirts.close();
}

/** In one case purple closes first, in the other blue; and shirts of both come in turns. */
const cases = [
  { purple: { P1: 10 }, blue: { B1: 20, B2: 30, B3: 40 } },
  { purple: { P1: 10, P2: 30, P3: 50 }, blue: { B1: 20 } },
  { purple: {}, blue: { B1: 5 } },
];

export const twoSources = exercise({
  task: `One loop empties two sources. It ends with the first one that closes, and the other one's shirts stay behind.
Let every shirt be printed when it arrives, and let the loop end when both are closed.`,
  law: "each shirt of both sources is printed when it arrives, and the loop ends when both are closed",
  hints: [
    "A closed chan is always ready: `it.ok` is false, and `it.case` tells which one it was.",
    "A case that is `false` is off: `isPurple && receiving(purple)`.",
    "Keep two flags. Switch one off when its case says `!it.ok`. Loop while one of them is on.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  run: async ({ main }, print) => {
    await play(() => main(print));
  },
  async complaint({ empty }) {
    for (const { purple, blue } of cases) {
      const { lines } = await tried({ asleep, spins }, async (print) => {
        const [fromPurple, fromBlue] = [chan<string>(), chan<string>()];
        go(sendAt, fromPurple, purple);
        go(sendAt, fromBlue, blue);
        await empty(fromPurple, fromBlue, print);
      });
      const complaint = complainAboutLines(lines, { ...purple, ...blue });
      if (complaint !== undefined) return complaint;
    }
    return undefined;
  },
});

function complainAboutLines(
  lines: readonly string[],
  moments: Readonly<Record<string, number>>,
): string | undefined {
  const arrived = Object.keys(moments).toSorted((a, b) => (moments[a] ?? 0) - (moments[b] ?? 0));
  const printed = lines.filter((line) => line in moments);
  const missing = arrived.filter((name) => !printed.includes(name));
  if (missing.length > 0)
    return `${missing.join(" and ")} stayed behind: the loop ended before both sources were closed. Which of them said that it is closed matters, not how often`;
  return (
    differs("the shirts arrived in one order and were printed in another: printed", printed, arrived) ??
    differs("the lines", lines, [...arrived, "both are closed"])
  );
}
