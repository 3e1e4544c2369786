/** The trace that is open: where it came from, and a player for the story that was chosen. */
import { type Signal, signal } from "@preact/signals";
import { Player } from "../../player/player.ts";
import { text } from "../../text.ts";
import { NoTraceError, type OpenedTrace, openTrace } from "../../trace-file/open-trace.ts";

export interface Opened {
  readonly name: string;
  readonly file: OpenedTrace;
}

/** So many events are folded between two frames. */
const AT_ONCE = 4096;

export class ReplayModel {
  readonly opened: Signal<Opened | undefined> = signal(undefined);
  readonly player: Signal<Player | undefined> = signal(undefined);
  /** Which of the file's stories is shown. */
  readonly story: Signal<number> = signal(0);
  /** How much of a file is read, from 0 to 1; undefined when none is being read. */
  readonly progress: Signal<number | undefined> = signal(undefined);
  readonly problem: Signal<string | undefined> = signal(undefined);
  /** Of several that were dropped, the last one counts. */
  #turn = 0;

  /** Opens it. What was open stays open when this one is no trace. */
  async open(name: string, blob: Blob): Promise<void> {
    const turn = ++this.#turn;
    this.progress.value = 0;
    this.problem.value = undefined;
    try {
      const file = await openTrace(blob, {
        onRead: (share) => {
          if (turn === this.#turn) this.progress.value = share;
        },
      });
      if (turn !== this.#turn) return;
      this.opened.value = { name, file };
      this.choose(0);
    } catch (error) {
      // A file may go away while it is read; the browser's line says so.
      const why = error instanceof NoTraceError ? error.message : String(error);
      if (turn === this.#turn) this.problem.value = text.replay.failed(name, why);
    } finally {
      if (turn === this.#turn) this.progress.value = undefined;
    }
  }

  /** Opens what the server of this page has been given: `pnpm theatre --trace FILE`. */
  async openServed(path: string): Promise<void> {
    // The server may have ended since: then the trace is not there, either.
    const response = await fetch(`./${path}`).catch(() => undefined);
    if (response?.ok) await this.open(path.split("/").at(-1) ?? "", await response.blob());
    else this.problem.value = text.replay.notThere;
  }

  choose(index: number): void {
    this.player.value?.pause();
    this.story.value = index;
    const story = this.opened.value?.file.stories[index];
    const player = story && new Player(story.trace, story.steps);
    this.player.value = player;
    if (player) void this.#fold(player);
  }

  /** While the reader looks at the beginning: then a jump far into a long trace need not fold all that is before it. */
  async #fold(player: Player): Promise<void> {
    while (this.player.value === player && player.fold(AT_ONCE))
      await new Promise((resolve) => setTimeout(resolve));
  }

  close(): void {
    this.player.value?.pause();
    this.opened.value = undefined;
    this.player.value = undefined;
  }
}
