/** A play whose president is who looks at the page: it lasts until somebody ends it. */
import { explain } from "@shirts/cluster/advice";
import { command, startRelay } from "@shirts/cluster/president";
import type { Services } from "@shirts/cluster/services";
import type { Action, States } from "@shirts/live/messages";
import {
  type AreaVerdict,
  areas,
  Picture,
  type Population,
  type Report,
  type Stage,
  type TraceEvent,
} from "@shirts/story";
import { Counter } from "./counter.ts";
import { Ensemble } from "./ensemble.ts";

export interface LivePlayOptions {
  readonly services: Services;
  readonly stage: Stage;
  /** A file in the place of the stage's worker.ts. */
  readonly worker?: string | undefined;
  readonly steps: number;
  readonly nodes: number;
  readonly pacesMs: readonly number[];
  readonly population: Population;
  readonly onEvent: (event: TraceEvent) => void;
  readonly onState: <Name extends keyof States>(name: Name, state: States[Name]) => void;
  /** True while a page is open: for nobody the table is not counted. */
  readonly isWatched: () => boolean;
}

export class LivePlay {
  /** Resolves when somebody has asked for the end. */
  readonly ended: Promise<void>;
  readonly #options: LivePlayOptions;
  readonly #ensemble: Ensemble;
  readonly #picture: Picture;
  readonly #counter: Counter;
  #askForEnd: () => void = () => {};

  constructor(options: LivePlayOptions) {
    const { stage, worker, steps, pacesMs, services } = options;
    this.#options = options;
    this.#picture = new Picture(areas, steps);
    this.ended = new Promise((resolve) => {
      this.#askForEnd = resolve;
    });
    this.#counter = new Counter(() => this.#count(), options.isWatched);
    this.#ensemble = new Ensemble({
      stage,
      worker,
      steps,
      pacesMs,
      env: services.env,
      tell: (event) => this.#tell(event),
      onChange: (nodes) => options.onState("nodes", [...nodes]),
    });
  }

  /** Starts the nodes, one after another: the broker serves its consumers in the order in which they came. */
  async run(): Promise<void> {
    const { services, stage, nodes } = this.#options;
    this.#sayPlay();
    const relay = stage === "v4" ? startRelay({ ...services, report: this.#report }, stage) : undefined;
    try {
      for (let count = 0; count < nodes; count++) await this.#ensemble.start();
      await this.#counter.now();
      await this.ended;
    } finally {
      await relay?.stop();
      await this.#ensemble.dismiss();
      await this.#counter.stop();
    }
    await this.#counter.now();
    for (const verdict of this.#verdicts.filter(({ commanded }) => commanded !== undefined))
      this.#tell({ type: "verdict", verdict, node: "table", at: Date.now() });
    this.#sayPlay("It was ended on the page.");
  }

  /** Does what a page asks for. Throws one line when it cannot be done. */
  async act(action: Action): Promise<void> {
    const ensemble = this.#ensemble;
    switch (action.do) {
      case "command":
        return this.#command(action);
      case "start":
        return ensemble.start(action.node);
      case "count":
        return this.#counter.now();
      case "end":
        return this.#askForEnd();
      default:
        return ensemble[action.do](action.node);
    }
  }

  /** A page has come: it shall see a count that is not old. */
  watched(): void {
    this.#counter.changed();
  }

  /** Tells the pages that the program ends, and why. */
  farewell(why: string): void {
    this.#sayPlay(why);
  }

  async #command({ area, shirt }: Action & { readonly do: "command" }): Promise<void> {
    const { services, stage } = this.#options;
    try {
      await command({ ...services, report: this.#report }, stage, area, shirt, (accepted) =>
        this.#report({ type: "commanded", command: accepted }),
      );
    } catch (error) {
      throw new Error(explain(error), { cause: error });
    }
  }

  readonly #report: Report = (body) => this.#tell({ ...body, node: "president", at: Date.now() });

  #events = 0;

  #tell(event: TraceEvent): void {
    this.#events++;
    this.#picture.apply(event);
    if (event.type === "crashed") this.#picture.forget(event.node);
    this.#options.onEvent(event);
    if (event.type !== "verdict") this.#counter.changed();
  }

  #verdicts: AreaVerdict[] = [];

  async #count(): Promise<void> {
    const { onState, services } = this.#options;
    // Before it is asked: what comes meanwhile may be in the count or not.
    const isAtRest =
      this.#picture.unacked(this.#picture.commanded.length) === 0 && this.#picture.walks.size === 0;
    const after = this.#events;
    try {
      this.#verdicts = await services.table.verdict();
      onState("verdict", { verdicts: this.#verdicts, isAtRest, after });
    } catch (error) {
      onState("verdict", { verdicts: [], isAtRest: false, after, failure: explain(error) });
    }
  }

  #sayPlay(over?: string): void {
    const { stage, steps, population, services, onState } = this.#options;
    onState("play", { stage, steps, people: population, about: [...services.about], ...(over && { over }) });
  }
}
