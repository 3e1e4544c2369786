/** What the page knows of a live play: the last state of each kind, and a player that grows. */
import { type Signal, signal } from "@preact/signals";
import { type Action, EVENTS_KEPT, type States, stateShapes } from "@shirts/live/messages";
import { decodeTraceEvent, type TraceEvent } from "@shirts/story";
import { Player } from "../../player/player.ts";
import type { Connection, ConnectionEvents, Link } from "./connection.ts";
import type { Message } from "./event-stream.ts";

/**
 * A page that has more begins again with what the play keeps. So it takes more than that: else it would begin again for
 * ever.
 */
const EVENTS_MAX = 2 * EVENTS_KEPT;

/** A long trace takes long to show: from so many events on they are shown in portions. */
const PORTIONS_FROM = 1000;
/** Milliseconds between two portions, for each event that is there. */
const PAUSE_MS_EACH = 0.05;

export class LiveModel {
  readonly link: Signal<Link> = signal({ state: "connecting" });
  readonly play: Signal<States["play"] | undefined> = signal(undefined);
  readonly nodes: Signal<States["nodes"]> = signal([]);
  readonly verdict: Signal<States["verdict"] | undefined> = signal(undefined);
  /** How many events came after the table's last count had begun. */
  readonly behind: Signal<number> = signal(0);
  readonly player: Signal<Player | undefined> = signal(undefined);
  /** How many events came before the first one here. */
  readonly missed: Signal<number> = signal(0);
  /** Why the last action was not done, or what came that nobody understands; one line. */
  readonly problem: Signal<string | undefined> = signal(undefined);
  /** As they came, for a file. */
  readonly trace: TraceEvent[] = [];
  /** How many events of `trace` the player has. */
  #shown = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #connection: Pick<Connection, "act" | "again" | "close">;

  constructor(connect: (events: ConnectionEvents) => Pick<Connection, "act" | "again" | "close">) {
    this.#connection = connect({
      onLink: (link) => {
        this.link.value = link;
      },
      onMessages: (messages) => this.#take(messages),
    });
  }

  /** Asks for it. What the play answers is a problem, or nothing. */
  async act(action: Action): Promise<void> {
    this.problem.value = undefined;
    this.problem.value = await this.#connection.act(action);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#connection.close();
    this.player.value?.pause();
  }

  /** What has come with one piece of the stream. */
  #take(messages: readonly Message[]): void {
    const events: TraceEvent[] = [];
    for (const { event, data } of messages) {
      try {
        if (event === "message") events.push(decodeTraceEvent(data));
        else if (event === "start") {
          this.#startAfresh(JSON.parse(data).missed);
          events.length = 0;
        } else this.#state(event, data);
      } catch (error) {
        this.problem.value = (error as Error).message;
      }
    }
    this.#append(events);
    this.behind.value = this.#countBehind();
  }

  /** The verdict itself is told as an event, when the play ends: it changes nothing. */
  #countBehind(): number {
    const from = Math.max(0, (this.verdict.value?.after ?? 0) - this.missed.value);
    return this.trace.slice(from).filter(({ type }) => type !== "verdict").length;
  }

  #startAfresh(missed: unknown): void {
    this.missed.value = Number(missed) || 0;
    this.trace.length = 0;
    this.#shown = 0;
    this.player.value?.pause();
    this.player.value = undefined;
  }

  #state(name: string, data: string): void {
    const json: unknown = JSON.parse(data);
    if (name === "play") this.play.value = stateShapes.play.parse(json);
    if (name === "nodes") this.nodes.value = stateShapes.nodes.parse(json);
    if (name === "verdict") this.verdict.value = stateShapes.verdict.parse(json);
  }

  #append(events: readonly TraceEvent[]): void {
    this.trace.push(...events);
    if (this.trace.length > EVENTS_MAX) this.#connection.again();
    else if (this.#shown < PORTIONS_FROM) this.#show();
    else this.#timer ??= setTimeout(() => this.#show(), this.trace.length * PAUSE_MS_EACH);
  }

  /** Gives the player what it has not. */
  #show(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const steps = this.play.value?.steps;
    const startAt = this.trace[0]?.at ?? 0;
    const events = this.trace.slice(this.#shown).map((event) => ({ ...event, at: event.at - startAt }));
    if (steps === undefined || events.length === 0) return;
    this.#shown = this.trace.length;
    if (this.player.value) this.player.value.append(events);
    else {
      const player = new Player(events, steps);
      player.seek(player.trace.length);
      this.player.value = player;
    }
  }
}
