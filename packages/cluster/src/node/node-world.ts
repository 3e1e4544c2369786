/**
 * The world that a node works for: the first one that it meets. `prepare` makes another one, whose revisions begin anew,
 * and a worker would take the old world's numbers for newer ones. So a node works for one world as long as it lives.
 */
import { type Area, areaName, type Cancel, type Command } from "@shirts/story";
import { type Table, WorldGoneError } from "@shirts/table";

export class NodeWorld {
  readonly #table: Pick<Table, "world" | "revisions">;
  #id: string | undefined;
  #areas: ReadonlySet<Area> = new Set();

  constructor(table: Pick<Table, "world" | "revisions">) {
    this.#table = table;
  }

  /** Undefined as long as the table has no world. */
  get id(): string | undefined {
    return this.#id;
  }

  /** Meets the table's world, if there is one. Never throws: a node without a database learns it at its first job. */
  async meet(): Promise<void> {
    // A table that does not answer now is asked again at the first job, which tells the error.
    this.#id ??= await this.#table.world().catch(() => undefined);
  }

  /**
   * Resolves with the reason why this node cannot do the command, or undefined when it can. The table is asked only about
   * a world or an area that the node does not know. Throws WorldGoneError when the node's own world is gone, and TableError.
   */
  async refuses({ area, world }: Command): Promise<string | undefined> {
    this.#id ??= await this.#table.world();
    if (world !== this.#id) {
      if ((await this.#table.world()) !== this.#id) throw new WorldGoneError();
      return `it is of another world (${world}) than the one that is (${this.#id})`;
    }
    if (this.#areas.has(area)) return undefined;
    this.#areas = new Set((await this.#table.revisions()).keys());
    if (this.#areas.has(area)) return undefined;
    return `nobody lives in ${areaName(area)}: this world was prepared without it`;
  }

  /** True for a cancel that a node of another world sent. */
  isForeign({ world }: Cancel): boolean {
    return world !== this.#id;
  }
}
