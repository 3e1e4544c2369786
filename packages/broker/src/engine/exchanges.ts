/**
 * The exchanges of a virtual host, by name.
 *
 * 1. The default exchange and the amq.* ones always exist. Clients cannot delete them, and cannot bind to the default one.
 * 2. Bindings to a queue or an exchange end with it. An auto-delete exchange is deleted with its last binding.
 */
import { AmqpError } from "../wire/errors.ts";
import type { Table } from "../wire/field.ts";
import { assertSameExchange } from "./equivalence.ts";
import {
  type Binding,
  describeExchange,
  Exchange,
  type ExchangeSettings,
  isExchangeType,
} from "./exchange.ts";
import { checkHeadersBinding } from "./headers.ts";
import type { Queue } from "./queue.ts";
import { assertTextArg } from "./queue-arguments.ts";

const PREDECLARED = [
  ["", "direct"],
  ["amq.direct", "direct"],
  ["amq.fanout", "fanout"],
  ["amq.topic", "topic"],
  ["amq.headers", "headers"],
  ["amq.match", "headers"],
] as const;
const NO_ARGS: Table = new Map();

export class Exchanges {
  readonly #byName = new Map<string, Exchange>();

  constructor() {
    for (const [name, type] of PREDECLARED) {
      const settings = { type, durable: true, autoDelete: false, internal: false, args: NO_ARGS };
      this.#byName.set(name, new Exchange(name, settings));
    }
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  find(name: string): Exchange | undefined {
    return this.#byName.get(name);
  }

  /** The exchange of that name; throws NOT_FOUND. */
  get(name: string): Exchange {
    const found = this.#byName.get(name);
    if (!found) throw new AmqpError("NOT_FOUND", `no ${describeExchange(name)}`);
    return found;
  }

  declare(
    name: string,
    { type, ...flags }: Omit<ExchangeSettings, "type"> & { readonly type: string },
  ): void {
    if (!isExchangeType(type)) throw new AmqpError("PRECONDITION_FAILED", `unknown exchange type '${type}'`);
    assertNotDefault(name);
    const settings = { ...flags, type };
    const found = this.#byName.get(name);
    if (found) {
      assertSameExchange(name, settings, found.settings);
      return;
    }
    assertNotReserved("exchange", name);
    assertTextArg(settings.args, "alternate-exchange", describeExchange(name));
    this.#byName.set(name, new Exchange(name, settings));
  }

  delete(name: string, ifUnused: boolean): void {
    assertNotDefault(name);
    if (name.startsWith("amq.")) {
      throw new AmqpError("ACCESS_REFUSED", `deletion of system ${describeExchange(name)} not allowed`);
    }
    const found = this.#byName.get(name);
    if (!found) return;
    if (ifUnused && found.isUsed)
      throw new AmqpError("PRECONDITION_FAILED", `${describeExchange(name)} in use`);
    this.#drop(found);
  }

  bind(binding: Binding): void {
    if (binding.source.settings.type === "headers") checkHeadersBinding(binding.args);
    binding.source.add(binding);
  }

  unbind(binding: Binding): void {
    if (binding.source.remove(binding)) this.#dropIfUnused(binding.source);
  }

  /** Removes all bindings to a destination that is deleted. */
  unbindAllTo(destination: Queue | Exchange): void {
    for (const source of [...this.#byName.values()]) {
      if (source.removeAllTo(destination)) this.#dropIfUnused(source);
    }
  }

  #dropIfUnused(source: Exchange): void {
    if (source.settings.autoDelete && !source.isUsed) this.#drop(source);
  }

  #drop(exchange: Exchange): void {
    this.#byName.delete(exchange.name);
    this.unbindAllTo(exchange);
  }
}

export function assertNotDefault(exchange: string): void {
  if (exchange === "")
    throw new AmqpError("ACCESS_REFUSED", "operation not permitted on the default exchange");
}

export function assertNotReserved(kind: "queue" | "exchange", name: string): void {
  if (!name.startsWith("amq.")) return;
  throw new AmqpError("ACCESS_REFUSED", `${kind} name '${name}' contains reserved prefix 'amq.*'`);
}
