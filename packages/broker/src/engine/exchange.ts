/**
 * An exchange: its bindings, and the destinations of a message.
 *
 * A binding is identified by source, destination, key and arguments. Binding the same again changes nothing.
 */
import type { Table } from "../wire/field.ts";
import { matchesHeaders } from "./headers.ts";
import type { Message } from "./message.ts";
import type { Queue } from "./queue.ts";
import { matchesTopic } from "./topic.ts";

const TYPES = ["direct", "fanout", "topic", "headers"] as const;
export type ExchangeType = (typeof TYPES)[number];

export function isExchangeType(type: string): type is ExchangeType {
  return TYPES.some((each) => each === type);
}

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

/** The name that error texts give to an exchange. */
export function describeExchange(name: string): string {
  return name === "" ? "default exchange" : `exchange '${name}' in vhost '/'`;
}

export class Exchange {
  readonly kind = "exchange";
  readonly name: string;
  readonly settings: ExchangeSettings;
  readonly #bindings = new Map<string, Binding>();
  /** The bindings of each key, so that a direct exchange does not search. */
  readonly #byKey = new Map<string, Set<Binding>>();

  constructor(name: string, settings: ExchangeSettings) {
    this.name = name;
    this.settings = settings;
  }

  get isUsed(): boolean {
    return this.#bindings.size > 0;
  }

  /** Returns false when the binding exists already. */
  add(binding: Binding): boolean {
    const id = idOf(binding);
    if (this.#bindings.has(id)) return false;
    this.#bindings.set(id, binding);
    const same = this.#byKey.get(binding.key);
    if (same) same.add(binding);
    else this.#byKey.set(binding.key, new Set([binding]));
    return true;
  }

  /** Returns false when there is no such binding. */
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

  /** Removes all bindings to a destination. Returns whether there were any. */
  removeAllTo(destination: Queue | Exchange): boolean {
    const found = [...this.#bindings.values()].filter((binding) => binding.destination === destination);
    for (const binding of found) this.remove(binding);
    return found.length > 0;
  }

  /** The destinations of a message. One that several bindings lead to may come more than once. */
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
