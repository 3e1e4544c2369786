/** SIGTERM: a node takes no more jobs. It may come while the node still starts, before there is anything to stop. */
export class Shutdown {
  readonly #stops: (() => Promise<void>)[] = [];
  #hasBegun = false;

  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** Stops everything that takes jobs. Throws what fails at that. */
  async begin(): Promise<void> {
    this.#hasBegun = true;
    await Promise.all(this.#stops.map((stop) => stop()));
  }

  /** `stop` ends something that takes jobs: at the shutdown, or now when that has begun. Throws what `stop` throws. */
  async add(stop: () => Promise<void>): Promise<void> {
    this.#stops.push(stop);
    if (this.#hasBegun) await stop();
  }
}
