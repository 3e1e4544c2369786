/** The scene of a story that the simulator has played: its trace is all that it looks at. */
import { runStory, type Stage, type Story } from "@shirts/sim";
import type { Cancel, Command, Shirt, TraceEvent } from "@shirts/story";
import type { Arrow, Bar, Mark, Scene } from "./scene.ts";

/** The president, and the queue of jobs that he fills. */
const PRESIDENT = "president";

function nameOf({ shirt }: Command): string {
  return shirt.toUpperCase();
}

/** What is still open while the trace is read. */
class Reader {
  readonly bars: Bar[] = [];
  readonly marks: Mark[] = [];
  readonly arrows: Arrow[] = [];
  readonly paints: { atMs: number; step: number; shirt: Shirt }[] = [];
  /** When the jobs that nobody has were put into the queue, by revision. */
  readonly #waiting = new Map<number, number>();
  readonly #jobs = new Map<string, { fromMs: number; shirt: Shirt }>();
  readonly #cancels: { cancel: Cancel; node: string; atMs: number }[] = [];
  readonly #frozen = new Map<string, number>();

  read(event: TraceEvent): void {
    const { node, at } = event;
    switch (event.type) {
      case "commanded":
        this.#waiting.set(event.command.revision, at);
        this.#commands(nameOf(event.command), at);
        return;
      case "sent again":
        this.#waiting.set(event.command.revision, at);
        this.marks.push({
          lane: PRESIDENT,
          atMs: at,
          kind: "note",
          label: `${nameOf(event.command)} sent again`,
        });
        return;
      case "superseded":
        this.marks.push({ lane: node, atMs: at, kind: "note", label: `${nameOf(event.command)} is old` });
        return;
      case "delivered":
        this.arrows.push({
          from: PRESIDENT,
          to: node,
          // A job that comes again has waited in the queue since nobody knows when.
          sentMs: this.#waiting.get(event.command.revision) ?? at,
          arrivedMs: at,
          label: this.#waiting.has(event.command.revision) ? "" : "again",
        });
        this.#waiting.delete(event.command.revision);
        this.#jobs.set(`${node} ${event.command.revision}`, { fromMs: at, shirt: event.command.shirt });
        return;
      case "painted":
        this.paints.push({ atMs: at, step: event.step, shirt: event.command.shirt });
        return;
      case "cancel sent":
        this.#cancels.push({ cancel: event.cancel, node, atMs: at });
        return;
      case "cancel received":
        this.#heard(node, event.cancel, at);
        return;
      case "refused":
        this.marks.push({ lane: node, atMs: at, kind: "bad", label: `${nameOf(event.command)} refused` });
        return;
      case "stopped":
        this.marks.push({ lane: node, atMs: at, kind: "note", label: `${nameOf(event.command)} stops` });
        this.#close(`${node} ${event.command.revision}`, node, at);
        return;
      case "paused":
        this.#frozen.set(node, at);
        return;
      case "resumed":
        this.bars.push({
          lane: node,
          fromMs: this.#frozen.get(node) ?? at,
          toMs: at,
          kind: "frozen",
          label: "frozen",
        });
        return;
      case "acked":
        this.#close(`${node} ${event.command.revision}`, node, at);
        return;
      case "crashed":
        if (node === "president") {
          const last = this.marks.pop();
          if (last) this.marks.push({ ...last, kind: "bad", label: `${last.label}, and he dies` });
          return;
        }
        this.marks.push({ lane: node, atMs: at, kind: "bad", label: "dies" });
        for (const key of this.#jobs.keys()) if (key.startsWith(`${node} `)) this.#close(key, node, at);
        return;
    }
  }

  /** Commands of one moment share a mark: one label would hide the other. */
  #commands(shirt: string, atMs: number): void {
    const last = this.marks.at(-1);
    const before = last?.lane === PRESIDENT && last.atMs === atMs ? this.marks.pop() : undefined;
    const label = before ? `${before.label}, ${shirt}` : shirt;
    this.marks.push({ lane: PRESIDENT, atMs, kind: "note", label });
  }

  /** The latest cancel with these words that another node sent. */
  #heard(node: string, cancel: Cancel, at: number): void {
    const words = JSON.stringify(cancel);
    const sent = this.#cancels.findLast((it) => it.node !== node && JSON.stringify(it.cancel) === words);
    if (sent === undefined) return;
    this.arrows.push({ from: sent.node, to: node, sentMs: sent.atMs, arrivedMs: at, label: "cancel" });
  }

  #close(key: string, lane: string, toMs: number): void {
    const job = this.#jobs.get(key);
    if (job === undefined) return;
    this.#jobs.delete(key);
    // Before the marks and the frozen time, which lie on top of it.
    this.bars.unshift({ lane, fromMs: job.fromMs, toMs, kind: job.shirt });
  }
}

/** Plays a story, and makes a scene of its trace. */
export async function storyScene(
  { title, alt }: Pick<Scene, "title" | "alt">,
  stage: Stage,
  story: Story,
  seed = 1,
): Promise<Scene> {
  const { trace } = await runStory(stage, story, seed);
  const reader = new Reader();
  for (const event of trace) reader.read(event);
  const { bars, marks, arrows, paints } = reader;
  const nodes = story.nodes.map((_, i) => `n${i + 1}`);
  return {
    title,
    alt,
    lanes: [PRESIDENT, ...nodes],
    bars,
    marks,
    arrows,
    people: { steps: story.steps, paints },
  };
}
