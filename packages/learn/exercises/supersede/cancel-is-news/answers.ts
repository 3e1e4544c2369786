import type { Answers } from "@shirts/learn/answers";
import type { Area, Cancel, Command } from "@shirts/story";

type Known = Map<Area, number>;
/** A memory of the solution's shape, with its answer to a cancel as given. */
function remembering(
  hear: (known: Known, area: Area, revision: number) => void,
  stops = (running: Command, revision: number) => running.revision < revision,
) {
  return class {
    readonly #known: Known = new Map();
    onJob({ area, revision }: Command): boolean {
      if (revision < (this.#known.get(area) ?? 0)) return false;
      this.#known.set(area, revision);
      return true;
    }
    onCancel({ area, revision = 0 }: Cancel, running: Command | undefined): boolean {
      hear(this.#known, area, revision);
      return running?.area === area && stops(running, revision);
    }
  };
}
const highest = (known: Known, area: Area, revision: number) =>
  void known.set(area, Math.max(revision, known.get(area) ?? 0));
// A class with private members is a type of its own.
const as = (memory: unknown) => ({ Memory: memory }) as unknown as typeof import("./given.ts");

export const answers: Answers<typeof import("./given.ts")> = {
  right: {
    "an if": as(
      remembering(
        (known, area, revision) => void ((known.get(area) ?? 0) < revision && known.set(area, revision)),
      ),
    ),
    "a list of all that it has heard": as(
      class {
        readonly #heard: { readonly area: Area; readonly revision: number }[] = [];
        onJob(command: Command): boolean {
          this.#heard.push(command);
          return !this.#heard.some((one) => one.area === command.area && one.revision > command.revision);
        }
        onCancel({ area, revision = 0 }: Cancel, running: Command | undefined): boolean {
          this.#heard.push({ area, revision });
          return running?.area === area && revision > running.revision;
        }
      },
    ),
  },
  wrong: {
    "the last cancel counts": {
      answer: as(remembering((known, area, revision) => void known.set(area, revision))),
      says: /3 is still the newest|forget BLUE 2/,
    },
    "one more than the cancel": {
      answer: as(remembering((known, area, revision) => highest(known, area, revision + 1))),
      says: /that one is to be done/,
    },
    "all areas": {
      answer: as(remembering((known, _, revision) => highest(known, "north-america", revision))),
      says: /each area has revisions of its own/,
    },
    "every cancel stops": {
      answer: as(remembering(highest, () => true)),
      says: /an older cancel stops nothing/,
    },
    "nothing stops": {
      answer: as(remembering(highest, () => false)),
      says: /it is not stopped, and it should be stopped/,
    },
    "all jobs are dropped": {
      answer: as(
        class {
          onJob() {
            return false;
          }
          onCancel() {
            return false;
          }
        },
      ),
      says: /it is dropped, and it should be done/,
    },
    "a cancel without a revision is the newest": {
      answer: as(remembering((known, area, revision) => highest(known, area, revision || 1000))),
      says: /says nothing about age/,
    },
  },
};
