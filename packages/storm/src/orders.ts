/**
 * The storm's own record of what its presidents commanded. The verdict compares people with this record, and not with
 * what the table says about itself.
 */
import { type Area, type Colour, type Command, colours, commandKey } from "@shirts/story";
import type { AuditedCommand } from "./audit.ts";

export class Orders {
  readonly #commands: Command[] = [];
  /** Keys of commands whose jobs the broker may have lost. */
  readonly #jobless = new Set<string>();
  /** Keys of commands whose jobs may never come back. */
  readonly #forgotten = new Set<string>();
  #world: string | undefined;

  constructor(world: string | undefined) {
    this.#world = world;
  }

  get world(): string | undefined {
    return this.#world;
  }

  note(command: Command): void {
    this.#commands.push(command);
  }

  /** A new world: what was commanded in another one does not count. */
  turnTo(world: string | undefined): void {
    this.#world = world;
  }

  /** The commands of this world, oldest first. */
  get commands(): readonly Command[] {
    return this.#commands.filter(({ world }) => world === this.#world);
  }

  /** The newest command of each area that has one. */
  get newest(): readonly Command[] {
    return this.commands.filter((command) => !this.isOvertaken(command));
  }

  isOvertaken({ area, revision }: Command): boolean {
    return this.commands.some((other) => other.area === area && other.revision > revision);
  }

  /** The broker may have lost the jobs of all commands so far. Only the newest ones must come back. */
  loseJobs(): void {
    for (const command of this.commands) this.#jobless.add(commandKey(command));
  }

  /** The jobs of all commands so far may never come back, not even the newest ones: the table knows whether these are done. */
  forgetJobs(): void {
    for (const command of this.commands) this.#forgotten.add(commandKey(command));
  }

  /** The commands that wait for the ack of their job. */
  unacked(acked: ReadonlySet<string>): Command[] {
    return this.commands.filter((command) => {
      const key = commandKey(command);
      const needsNone = this.#jobless.has(key) && this.isOvertaken(command);
      return !acked.has(key) && !needsNone && !this.#forgotten.has(key);
    });
  }

  /** Commands that the table has accepted while their president got no answer. */
  unanswered(audited: readonly AuditedCommand[]): Command[] {
    const known = new Set(this.commands.map(commandKey));
    return audited
      .filter((command) => !known.has(commandKey(command)))
      .map((command) => ({ ...command, world: this.#world }));
  }

  /** Commands of this record that the database has not seen as they were given. */
  unseen(audited: readonly AuditedCommand[]): Command[] {
    return this.commands.filter(
      ({ area, shirt, revision }) =>
        !audited.some((it) => it.area === area && it.revision === revision && it.shirt === shirt),
    );
  }

  /** `shirt`, or the next one where the area's newest command has it already: the same shirt twice would hide a stale step. */
  other(area: Area, shirt: Colour): Colour {
    const newest = this.newest.find((command) => command.area === area);
    if (newest?.shirt !== shirt) return shirt;
    return colours[(colours.indexOf(shirt) + 1) % colours.length] ?? shirt;
  }
}
