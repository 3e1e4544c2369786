/**
 * Who may ask. The server listens on loopback only, and that is not enough: every page in the same browser can reach loopback,
 * and a foreign name can be made to point there (DNS rebinding). So three things are asked for, each against another stranger:
 *
 * 1. `Host` must be this server's own address: a foreign name that points here is told apart by it.
 * 2. `Origin`, where a browser sends one, must be this page; an action must have one.
 * 3. The token of the link, for all but the static files: other users of this machine do not know it.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

export interface Refusal {
  readonly status: 401 | 403;
  /** One line, for the page or for who tries by hand. */
  readonly why: string;
}

export interface Guard {
  /** Why this request is not answered at all; undefined: it may go on. */
  strange(request: IncomingMessage): Refusal | undefined;
  /** Why this request may neither see nor do anything; undefined: it may. */
  uninvited(request: IncomingMessage): Refusal | undefined;
}

/** A guard of the server on this port. `token` is the link's. */
export function guardOf(port: number, token: string): Guard {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const origins = hosts.map((host) => `http://${host}`);
  const expected = digest(token);
  return {
    strange({ headers, method }) {
      if (headers.host === undefined || !hosts.includes(headers.host))
        return { status: 403, why: `this server is ${hosts[0]}, and answers to no other name` };
      const { origin } = headers;
      if (origin === undefined ? method === "POST" : !origins.includes(origin))
        return { status: 403, why: "only the page of this server may ask" };
      return undefined;
    },
    uninvited({ headers }) {
      const given = /^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1];
      // Digests have one length, whatever was given: the comparison takes the same time for every guess.
      if (given !== undefined && timingSafeEqual(digest(given), expected)) return undefined;
      return {
        status: 401,
        why: "the link's token is missing or wrong: open the link that the terminal shows",
      };
    },
  };
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
