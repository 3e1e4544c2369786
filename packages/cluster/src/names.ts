/** What a service is called in the lines for people, by what it said of itself: no other server is taken for a RabbitMQ in silence. */
import type { ServerName } from "@shirts/amqp";

/** What the embedded broker says that it is. */
const EMBEDDED = "@shirts/broker";

/** "RabbitMQ 4.3.6", "the embedded broker", or the name of another broker, which is no RabbitMQ. */
export function brokerName({ product, version }: ServerName): string {
  if (isEmbedded({ product })) return "the embedded broker";
  if (product === "RabbitMQ") return `RabbitMQ ${plain(version)}`;
  return `${plain(`${product} ${version}`) || "a broker without a name"} (no RabbitMQ)`;
}

export function isEmbedded({ product }: Pick<ServerName, "product">): boolean {
  return product === EMBEDDED;
}

/** "PostgreSQL 18.3" or "PGlite 0.5.8". */
export function tableName({ product, version }: ServerName): string {
  return plain(`${product} ${version}`);
}

/** "NAME works with RabbitMQ 4.3.6 and PostgreSQL 18.6": what a program works with, in one line. */
export function worksWith(name: string, ...services: readonly string[]): string {
  return `${name} works with ${services.join(" and ")}`;
}

/** Another program wrote it: one line, and not a long one. */
function plain(text: string): string {
  return text
    .replaceAll(/\p{Cc}+/gu, " ")
    .trim()
    .slice(0, 60);
}
