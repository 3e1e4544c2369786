/** The laws of the exercises of part 1. */
import { chan, sleep } from "@shirts/chan";
import { type Exercise, exercise } from "../src/exercise.ts";
import { play } from "../src/play.ts";

function differs(what: string, got: unknown, wanted: unknown): string | undefined {
  const [a, b] = [JSON.stringify(got), JSON.stringify(wanted)];
  return a === b ? undefined : `${what}: ${a}, and it should be ${b}`;
}

export const exercises: Readonly<Record<string, Exercise>> = {
  goroutines: exercise(
    "three soldiers march for one second, side by side, and main speaks when all of them are back",
    () => import("./goroutines.ts"),
    () => import("./solutions/goroutines.ts"),
    async ({ main }) => {
      const { lines, ms } = await play(main);
      return (
        differs("the last line", lines.at(-1), "main: all are back") ??
        differs("how many lines", lines.length, 4) ??
        differs("the time in ms", ms, 1000)
      );
    },
  ),
  channels: exercise(
    "whenever the painter takes a shirt, two more are on the shelf, until the tailor has made all six",
    () => import("./channels.ts"),
    () => import("./solutions/channels.ts"),
    async ({ main }) => {
      const { lines } = await play(main);
      let onShelf = 0;
      const left: number[] = [];
      for (const line of lines) {
        if (line.startsWith("tailor")) onShelf++;
        else left.push(--onShelf);
      }
      return differs("shirts on the shelf each time the painter takes one", left, [2, 2, 2, 2, 1, 0]);
    },
  ),
  close: exercise(
    "all four reports arrive, the range ends by itself, and nobody panics",
    () => import("./close.ts"),
    () => import("./solutions/close.ts"),
    async ({ main }) => {
      const { lines } = await play(main);
      return differs("the lines", lines, [
        "north reports",
        "north reports",
        "south reports",
        "south reports",
        "main: nothing follows",
      ]);
    },
  ),
  select: exercise(
    "every shirt of both sources arrives, and the loop ends when both are closed",
    () => import("./select.ts"),
    () => import("./solutions/select.ts"),
    async ({ main }) => {
      const { lines } = await play(main);
      return differs("the shirts", lines.toSorted(), ["B1", "B2", "B3", "B4", "B5", "P1", "both are closed"]);
    },
  ),
  "promise-race": exercise(
    "a soldier who was told to stop takes no more jobs",
    () => import("./promise-race.ts"),
    () => import("./solutions/promise-race.ts"),
    async ({ soldier }) => {
      let isSwallowed = false;
      const { lines } = await play(async (print) => {
        const [jobs, stop] = [chan<string>(), chan<never>()];
        const isHome = soldier(jobs, stop, print);
        await jobs.send("job 1");
        await sleep(10);
        stop.close();
        await isHome;
        isSwallowed = jobs.trySend("job 2");
      });
      return (
        differs("the lines", lines, ["soldier: job 1", "soldier: I stop"]) ??
        (isSwallowed ? "job 2 was taken after the stop, and was never done" : undefined)
      );
    },
  ),
};
