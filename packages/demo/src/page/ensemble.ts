/** The nodes of a play on a page: each may be frozen, killed, cut off and started again, at any moment and by any page. */
import { type FaultProxy, startFaultProxy } from "@shirts/amqp/testing";
import { type Child, end, reasonOf, startNode } from "@shirts/cluster/processes";
import type { NodeState } from "@shirts/live/messages";
import type { Stage, TraceEvent } from "@shirts/story";

/** More than these no page can show, and no small machine can run. */
const NODES_MAX = 8;

/** How long a node may take for what it has begun once the play is over, in milliseconds. */
const DRAIN_MS = 500;

export interface EnsembleOptions {
  readonly stage: Stage;
  /** A file in the place of the stage's worker.ts. */
  readonly worker?: string | undefined;
  readonly steps: number;
  /** Of node 1, node 2, …; the last one counts for the rest. */
  readonly pacesMs: readonly number[];
  readonly env: { readonly AMQP_URL: string; readonly DATABASE_URL: string };
  readonly tell: (event: TraceEvent) => void;
  /** Called when something about a node has changed. */
  readonly onChange: (nodes: readonly NodeState[]) => void;
}

/** One place for a node: its process may die and be replaced, its name and its proxy stay. */
interface Slot {
  readonly name: string;
  readonly paceMs: number;
  /** Before the broker. */
  readonly proxy: FaultProxy;
  state: NodeState["state"];
  isHeld: boolean;
  process: Child | undefined;
}

export class Ensemble {
  readonly #options: EnsembleOptions;
  readonly #slots: Slot[] = [];
  /** Places that are given away already: a proxy takes a moment. */
  #count = 0;
  #isDismissed = false;

  constructor(options: EnsembleOptions) {
    this.#options = options;
  }

  /** Starts a new node, or the one of this name again. Resolves when it waits for jobs; throws when it cannot. */
  async start(name?: string): Promise<void> {
    if (this.#isDismissed) throw new Error("the play is over");
    const slot = name === undefined ? await this.#newSlot() : this.#slot(name);
    if (slot.process) throw new Error(`${slot.name} runs already`);
    const { stage, worker, steps, env, tell } = this.#options;
    const { paceMs, proxy } = slot;
    const own = { ...env, AMQP_URL: proxy.url };
    const settings = { name: slot.name, stage, worker, paceMs, steps, drainMs: DRAIN_MS, env: own };
    const { node, ready } = startNode(settings, tell);
    slot.process = node;
    this.#set(slot, { state: "starting", isHeld: false });
    void this.#watch(slot, node);
    await ready;
    if (slot.process === node && slot.state === "starting") this.#set(slot, { state: "running" });
  }

  /** SIGSTOP: it does nothing more, and nobody is told. */
  freeze(name: string): void {
    const slot = this.#living(name);
    if (slot.state !== "running")
      throw new Error(`${name} is ${slot.state}: only a running node can be frozen`);
    slot.process.signal("SIGSTOP");
    this.#set(slot, { state: "frozen" });
    this.#tell(slot, "paused");
  }

  /** SIGCONT: it goes on where it was, and knows of no pause. */
  wake(name: string): void {
    const slot = this.#living(name);
    if (slot.state !== "frozen") throw new Error(`${name} is not frozen`);
    slot.process.signal("SIGCONT");
    this.#set(slot, { state: "running" });
    this.#tell(slot, "resumed");
  }

  /** SIGKILL, also of a frozen node. Resolves when the process is gone. */
  async kill(name: string): Promise<void> {
    const { process } = this.#living(name);
    process.signal("SIGKILL");
    await process.ended;
  }

  /** Cuts its connections to the broker. It connects again by itself. */
  cut(name: string): void {
    this.#living(name).proxy.cut();
  }

  /** Holds back all between the node and the broker. The table still hears it. */
  hold(name: string): void {
    const slot = this.#living(name);
    slot.proxy.stall();
    this.#set(slot, { isHeld: true });
  }

  release(name: string): void {
    const slot = this.#slot(name);
    slot.proxy.flow();
    this.#set(slot, { isHeld: false });
  }

  /** Ends every node. Resolves when they have ended; a second call does no harm. */
  async dismiss(): Promise<void> {
    this.#isDismissed = true;
    for (const { proxy } of this.#slots) proxy.flow();
    await Promise.all(this.#slots.map(({ process }) => process && end(process, DRAIN_MS + 1000)));
    await Promise.all(this.#slots.map(({ proxy }) => proxy.close()));
  }

  async #newSlot(): Promise<Slot> {
    if (this.#count >= NODES_MAX)
      throw new Error(`${NODES_MAX} nodes are all that fit: start one that has ended`);
    const number = ++this.#count;
    const { pacesMs, env } = this.#options;
    const proxy = await startFaultProxy(env.AMQP_URL);
    const slot: Slot = {
      name: `node ${number}`,
      paceMs: pacesMs[number - 1] ?? pacesMs.at(-1) ?? 100,
      proxy,
      state: "ended",
      isHeld: false,
      process: undefined,
    };
    this.#slots.push(slot);
    this.#slots.sort((a, b) => a.name.localeCompare(b.name));
    return slot;
  }

  #slot(name: string): Slot {
    const slot = this.#slots.find((one) => one.name === name);
    if (!slot) throw new Error(`there is no ${name}`);
    return slot;
  }

  #living(name: string): Slot & { readonly process: Child } {
    const slot = this.#slot(name);
    if (!slot.process) throw new Error(`${name} has ended`);
    return slot as Slot & { readonly process: Child };
  }

  async #watch(slot: Slot, node: Child): Promise<void> {
    const reason = reasonOf(node, await node.ended);
    slot.process = undefined;
    slot.proxy.flow();
    this.#set(slot, { state: "ended", isHeld: false });
    if (!this.#isDismissed) this.#options.tell({ type: "crashed", reason, node: slot.name, at: Date.now() });
  }

  #set(slot: Slot, change: Partial<Pick<Slot, "state" | "isHeld">>): void {
    Object.assign(slot, change);
    this.#options.onChange(
      this.#slots.map(({ name, paceMs, state, isHeld, process }) => ({
        name,
        pid: process?.pid ?? 0,
        paceMs,
        state,
        isHeld,
      })),
    );
  }

  #tell({ name }: Slot, type: "paused" | "resumed"): void {
    this.#options.tell({ type, node: name, at: Date.now() });
  }
}
