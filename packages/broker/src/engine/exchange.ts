/**
 * An exchange: bindings, and which of them a message follows.
 *
 * 1. A binding is one of a kind: source, destination, key and arguments. Binding again changes nothing.
 * 2. A message reaches a queue at most once, however many bindings lead there.
 */
import type { Table } from "../wire/values.ts";
import { matchesHeaders } from "./headers.ts";
import type { Message } from "./message.ts";
import type { Queue } from "./queue.ts";
import { matchesTopic } from "./topic.ts";

export type ExchangeType = "direct" | "fanout" | "topic" | "headers";

export interface ExchangeSettings {
  readonly type: ExchangeType;
  readonly durable: boolean;
  readonly autoDelete: boolean;
  readonly internal: boolean;
  readonly args: Table;
}

export interface Binding {
  readonly source: Exchange;
  readonly destination: Queue | Exchange;
  readonly key: string;
  readonly args: Table;
}

export class Exchange {
  readonly kind = "exchange";
  readonly name: string;
  readonly settings: ExchangeSettings;
  readonly #bindings = new Map<string, Binding>();
  /** For direct exchanges: the bindings of each key. */
  readonly #byKey = new Map<string, Set<Binding>>();

  constructor(name: string, settings: ExchangeSettings) {
    this.name = name;
    this.settings = settings;
  }

  get isUsed(): boolean {
    return this.#bindings.size > 0;
  }

  add(binding: Binding): boolean {
    const id = idOf(binding);
    if (this.#bindings.has(id)) return false;
    this.#bindings.set(id, binding);
    const same = this.#byKey.get(binding.key);
    if (same) same.add(binding);
    else this.#byKey.set(binding.key, new Set([binding]));
    return true;
  }

  remove(binding: Binding): boolean {
    const id = idOf(binding);
    const found = this.#bindings.get(id);
    if (!found) return false;
    this.#bindings.delete(id);
    const same = this.#byKey.get(found.key);
    same?.delete(found);
    if (same?.size === 0) this.#byKey.delete(found.key);
    return true;
  }

  /** Removes what leads to a destination that is gone. True: there was something. */
  removeAllTo(destination: Queue | Exchange): boolean {
    const found = [...this.#bindings.values()].filter((binding) => binding.destination === destination);
    for (const binding of found) this.remove(binding);
    return found.length > 0;
  }

  /** The destinations of a message, one step on. */
  *matches(message: Message): Generator<Queue | Exchange> {
    switch (this.settings.type) {
      case "direct":
        for (const key of message.routingKeys) {
          for (const binding of this.#byKey.get(key) ?? []) yield binding.destination;
        }
        return;
      case "fanout":
        for (const binding of this.#bindings.values()) yield binding.destination;
        return;
      case "topic":
        for (const [pattern, bindings] of this.#byKey) {
          if (!message.routingKeys.some((key) => matchesTopic(pattern, key))) continue;
          for (const binding of bindings) yield binding.destination;
        }
        return;
      case "headers":
        for (const binding of this.#bindings.values()) {
          if (matchesHeaders(binding.args, message.properties.headers)) yield binding.destination;
        }
    }
  }
}

function idOf({ destination, key, args }: Binding): string {
  const fields = [...args].map(([name, field]) => [name, field.type, textOf(field.value)]).sort();
  return JSON.stringify([destination.kind, destination.name, key, fields]);
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_, part) => {
    if (typeof part === "bigint") return String(part);
    return part instanceof Map ? [...part] : part;
  });
}
