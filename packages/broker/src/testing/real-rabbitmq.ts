/** The real RabbitMQ that tests may use: the one that AMQP_URL names, or the one on this machine's usual port. */
import { type Answer, whoAnswers } from "./who-answers.ts";

export interface Search {
  /** What AMQP_URL says. */
  readonly named?: string | undefined;
  /** Where a RabbitMQ is when nobody says otherwise. */
  readonly usualPort?: number;
}

/** `url` names a RabbitMQ, or what somebody has named as one and nobody answers for: then the tests shall say so. */
export type Found =
  | { readonly url: string; readonly missing?: undefined }
  | {
      readonly url?: undefined;
      /** Why there is none, for the name of a skipped test. */
      readonly missing: string;
    };

/** Looks for a RabbitMQ, and takes no other broker for one. Never rejects. */
export async function findRealRabbitMq({
  named = process.env.AMQP_URL,
  usualPort = 5672,
}: Search = {}): Promise<Found> {
  if (named) {
    const place = placeOf(named);
    const answer = place && (await whoAnswers(place.host, place.port));
    if (answer?.kind !== "broker" || isRabbitMq(answer)) return { url: named };
    return { missing: `AMQP_URL names ${nameOf(answer)}, which is no RabbitMQ` };
  }
  const answer = await whoAnswers("127.0.0.1", usualPort);
  if (isRabbitMq(answer) && !isTooOld(answer)) return { url: `amqp://127.0.0.1:${usualPort}` };
  return { missing: `no AMQP_URL, and ${nameOf(answer)} on 127.0.0.1:${usualPort}` };
}

function isRabbitMq(answer: Answer): boolean {
  return answer.kind === "broker" && answer.product === "RabbitMQ";
}

/** Older than the tests have ever seen. A machine may have one whose owner does not think of it; one that is named is tried. */
function isTooOld(answer: Answer): boolean {
  const [major = 0, minor = 0] = answer.kind === "broker" ? answer.version.split(".").map(Number) : [];
  return major < 3 || (major === 3 && minor < 10);
}

function nameOf(answer: Answer): string {
  if (answer.kind === "nobody") return "nobody";
  if (answer.kind === "other") return "a server without AMQP 0-9-1";
  if (answer.product === "@shirts/broker") return "the embedded broker";
  const isOld = isRabbitMq(answer) && isTooOld(answer);
  return `${answer.product} ${answer.version}${isOld ? ", older than 3.10," : ""}`;
}

/** The first of its addresses. Undefined when it is behind TLS, or cannot be read: that is for the client to say. */
function placeOf(urls: string): { host: string; port: number } | undefined {
  const [first = ""] = urls.split(/,\s*(?=amqps?:\/\/)/);
  if (!URL.canParse(first)) return undefined;
  const { protocol, hostname, port } = new URL(first);
  if (protocol !== "amqp:" || hostname === "") return undefined;
  return { host: hostname.replace(/^\[|\]$/g, ""), port: Number(port || 5672) };
}
