import { sleep } from "@shirts/chan";
import { ending } from "@shirts/learn/ending";
import { exercise } from "@shirts/learn/exercise";

interface Seen {
  tries: number;
  confirmed: number;
  atOnce: number;
  tried: number | undefined;
  error: string | undefined;
  isEarly: boolean;
}

/** A broker that confirms only after so many tries. */
async function seen(
  give: (publish: () => Promise<void>) => Promise<number>,
  failures: number,
): Promise<Seen> {
  const seen: Seen = {
    tries: 0,
    confirmed: 0,
    atOnce: 0,
    tried: undefined,
    error: undefined,
    isEarly: false,
  };
  let open = 0;
  seen.error = await ending(async () => {
    seen.tried = await give(async () => {
      if (++seen.tries > 20) throw new Error("20 tries, and no end");
      seen.atOnce = Math.max(seen.atOnce, ++open);
      await sleep(10);
      open--;
      if (seen.tries <= failures) throw new Error("the broker does not confirm");
      seen.confirmed++;
    });
    seen.isEarly = open > 0;
    await sleep(100);
  });
  return seen;
}

export const lostCommand = exercise({
  task: `A publish whose error nobody looks at is a command that no worker ever gets.
Let \`give\` wait for the confirm, and try again when there is none: three times in all. Then it throws, so that somebody knows.`,
  law: "when `give` resolves, the broker has confirmed the command once; else it throws after three tries",
  hints: [
    "`await publish()` waits for the confirm, and throws when there is none.",
    "Put the `await` into `try`, in a loop that counts. After a confirm: `return`.",
    "In `catch`, look at the count: at the third time, `throw error`.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  run: ({ main }, print) => main(print),
  async complaint({ give }) {
    for (const failures of [0, 1, 2]) {
      const { tries, confirmed, atOnce, tried, error, isEarly } = await seen(give, failures);
      const story =
        failures === 0 ? "the broker confirms at once" : `the broker confirms try ${failures + 1}`;
      if (isEarly) return `${story}, and \`give\` resolved before that: it did not wait, and cannot know`;
      if (error) return `${story}, and \`give\` throws "${error}" after ${tries} tries: it gave up too early`;
      if (confirmed === 0)
        return `the broker confirmed none of ${tries} tries, and \`give\` resolved: the command is lost, and the president does not know it`;
      if (atOnce > 1 || confirmed > 1)
        return `${story}, and the command was published ${tries} times, ${confirmed} of them confirmed: workers get it twice`;
      if (tried !== tries) return `${story}: there were ${tries} tries, and \`give\` says ${tried}`;
    }
    const { tries, error } = await seen(give, 100);
    if (error === undefined)
      return "the broker never confirms, and `give` resolves: the president believes that he has given a command, and nobody will ever do it";
    if (tries !== 3)
      return `the broker never confirms, and there were ${tries} tries: it should be three, and then an error that somebody sees`;
    return error.includes("no end") || error.startsWith("it ")
      ? `the broker never confirms: ${error}`
      : undefined;
  },
});
