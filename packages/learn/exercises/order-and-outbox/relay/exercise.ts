import { after, chan, go, receiving, select, sleep } from "@shirts/chan";
import { ending } from "@shirts/learn/ending";
import { exercise } from "@shirts/learn/exercise";
import type { Command } from "@shirts/story";
import type { relay as given, Outbox } from "./given.ts";

const commands: readonly Command[] = [
  { area: "north-america", shirt: "purple", revision: 1 },
  { area: "south-america", shirt: "green", revision: 1 },
  { area: "north-america", shirt: "blue", revision: 2 },
];
const name = ({ shirt, revision }: Command) => `${shirt.toUpperCase()} ${revision}`;
const CALLS_MAX = 100;

/** Table and broker, which outlive every relay. */
class World {
  readonly lines: string[] = [];
  readonly sent: Command[] = [];
  readonly confirmed = new Set<Command>();
  /** The broker refuses this publish, once. */
  readonly #refuses: number;
  #publishes = 0;
  misdeed: string | undefined;

  constructor(refuses: number) {
    this.#refuses = refuses;
  }

  /** The outbox as one process sees it. It dies at call number `dies`: that call and all later ones never come back. */
  process(dies: number): Outbox {
    let calls = 0;
    const call = async () => {
      if (++calls > CALLS_MAX) throw new Error(`${CALLS_MAX} calls, and no end`);
      if (calls === dies) this.lines.push("the relay dies");
      if (calls >= dies) await chan<never>().recv();
      await sleep(1);
    };
    return {
      unconfirmed: async () => {
        await call();
        return commands.filter((one) => !this.confirmed.has(one));
      },
      publish: async (command) => {
        await call();
        this.#publish(command);
        await call();
      },
      confirm: async (command) => {
        await call();
        if (!this.sent.includes(command))
          this.misdeed ??= `${name(command)} is noted as confirmed, and the broker does not have it. When the relay dies now, nobody will ever send it`;
        this.confirmed.add(command);
        this.lines.push(`notes that the broker has ${name(command)}`);
      },
    };
  }

  #publish(command: Command): void {
    if (++this.#publishes === this.#refuses) throw new Error("the broker does not take it now");
    const last = this.sent.findLast(({ area }) => area === command.area);
    if (this.confirmed.has(command)) this.misdeed ??= `${name(command)} is confirmed, and published again`;
    if (last && last.revision > command.revision && !this.sent.includes(command))
      this.misdeed ??= `${name(last)} is sent before ${name(command)}, which is older: oldest first`;
    this.sent.push(command);
    this.lines.push(`publishes ${name(command)}`);
  }

  get complaint(): string | undefined {
    const lost = commands.find((one) => !this.sent.includes(one));
    const open = commands.find((one) => !this.confirmed.has(one));
    if (this.misdeed) return this.misdeed;
    if (lost)
      return `${name(lost)} is never published, although relay after relay has tried: it was accepted, and nobody wears it`;
    return (
      open && `${name(open)} is published and never noted as confirmed: every relay sends it again, for ever`
    );
  }
}

/** A relay that dies at its call number `dies`, and then two that do not. */
async function play(
  relay: typeof given,
  dies: number,
  refuses = 0,
): Promise<World & { stopped?: string | undefined }> {
  const world: World & { stopped?: string | undefined } = new World(refuses);
  world.stopped = await ending(async () => {
    for (const death of [dies, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]) {
      const isOver = chan<true>(1);
      go(async () => {
        await relay(world.process(death)).catch((error: Error) => world.lines.push(error.message));
        isOver.trySend(true);
      });
      // More than a living relay needs.
      await select({ isOver: receiving(isOver), time: receiving(after(1000)) });
    }
  });
  return world;
}

export const relay = exercise({
  task: `A relay sends what is accepted and not confirmed. This one writes "confirmed" first and publishes second.
When it dies in between, the command is lost. Swap two lines, so that each command comes at least once, wherever a relay dies.`,
  law: "wherever a relay dies, each command is published by it or by the next one, and noted only when the broker has it",
  hints: [
    "What does the note say? When is it true?",
    "Think of a death between the two lines. Which is better: a job twice, or a job never?",
    "First `publish`, then `confirm`.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  async run({ relay }, print) {
    (await play(relay, 3)).lines.forEach(print);
  },
  async complaint({ relay }) {
    const alone = await play(relay, Number.POSITIVE_INFINITY);
    if (alone.complaint ?? alone.stopped) return alone.complaint ?? alone.stopped;
    if (alone.sent.length > commands.length)
      return `nobody dies, and ${alone.sent.length} jobs are published for ${commands.length} commands`;
    for (let dies = 1; dies <= 12; dies++) {
      const { complaint } = await play(relay, dies);
      if (complaint) return `the relay dies at its call ${dies}: ${complaint}`;
    }
    for (const refuses of [1, 2, 3]) {
      const { complaint } = await play(relay, Number.POSITIVE_INFINITY, refuses);
      if (complaint) return `the broker refuses publish ${refuses} once: ${complaint}`;
    }
    return undefined;
  },
});
