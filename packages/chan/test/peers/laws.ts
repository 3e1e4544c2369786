/** Laws of a channel, each asked of every library: "holds", "does not", or "has none" where the library has no such thing. */
import { setImmediate as turn } from "node:timers/promises";
import type { Peer } from "./peer.ts";

export type Answer = "holds" | "does not" | "has none";

/** None of them needs a timer, so what has not come after so many event-loop turns never comes. */
const TURNS = 40;

async function turns<T>(value: T, count = TURNS): Promise<T> {
  for (let i = 0; i < count; i++) await turn();
  return value;
}

/** What a promise comes to, or "nothing" when it does not come to anything. */
async function outcome<T>(promise: PromiseLike<T> | undefined, count = TURNS): Promise<T | "nothing"> {
  if (promise === undefined) return "nothing";
  return Promise.race([Promise.resolve(promise), turns("nothing" as const, count)]);
}

async function settles(promise: PromiseLike<unknown>): Promise<boolean> {
  const settled = Promise.resolve(promise).then(
    () => true,
    () => true,
  );
  return (await outcome(settled)) === true;
}

const quiet = (promise: PromiseLike<unknown>): void => void Promise.resolve(promise).catch(() => {});

/** Sends, and goes on when the library has had its time: some say "sent" only when the value is received. */
async function put(p: Peer, c: unknown, value: unknown): Promise<void> {
  quiet(p.send(c, value));
  await turn();
}

type Law = (p: Peer) => Promise<boolean>;

export const laws: Readonly<Record<string, { readonly needs?: keyof Peer; readonly holds: Law }>> = {
  "without a buffer, a send waits for a receiver": {
    async holds(p) {
      const c = p.make(0);
      const sent = p.send(c, 1);
      const before = await settles(sent);
      await outcome(p.recv(c));
      return !before && (await settles(sent));
    },
  },
  "waiting receivers are served in their order": {
    async holds(p) {
      const c = p.make(0);
      const got = [1, 2, 3].map(() => p.recv(c));
      for (const value of [1, 2, 3]) quiet(p.send(c, value));
      const told = await Promise.all(got.map((it) => outcome(it)));
      return told.every((it, i) => it !== "nothing" && it.value === i + 1);
    },
  },
  "what was sent before the close arrives": {
    async holds(p) {
      const c = p.make(2);
      await put(p, c, 1);
      await put(p, c, 2);
      quiet(Promise.resolve(p.close(c)));
      const first = await outcome(p.recv(c));
      const second = await outcome(p.recv(c));
      return first !== "nothing" && first.value === 1 && second !== "nothing" && second.value === 2;
    },
  },
  "a closed channel is told from a sent undefined": {
    async holds(p) {
      const c = p.make(1);
      await put(p, c, undefined);
      const sent = await outcome(p.recv(c));
      quiet(Promise.resolve(p.close(c)));
      const closed = await outcome(p.recv(c));
      return sent !== "nothing" && !sent.isClosed && closed !== "nothing" && closed.isClosed;
    },
  },
  "a sent promise arrives as the promise": {
    async holds(p) {
      const [c, shirt] = [p.make(1), Promise.resolve(7)];
      await put(p, c, shirt);
      const told = await outcome(p.recv(c));
      return told !== "nothing" && told.value === shirt;
    },
  },
  "a send on a closed channel is an error": {
    async holds(p) {
      const c = p.make(1);
      await p.close(c);
      try {
        await outcome(p.send(c, 1));
        return false;
      } catch {
        return true;
      }
    },
  },
  "a sender that waits hears of the close as an error": {
    async holds(p) {
      const c = p.make(0);
      const sent = Promise.resolve(p.send(c, 1)).then(
        () => "sent",
        () => "error",
      );
      await turn();
      quiet(Promise.resolve(p.close(c)));
      return (await outcome(sent)) === "error";
    },
  },
  "a select takes from one channel and leaves the other": {
    needs: "either",
    async holds(p) {
      const [a, b] = [p.make(1), p.make(1)];
      await put(p, a, "a");
      await put(p, b, "b");
      const first = await outcome(p.either?.(a, b));
      const rest = await outcome(p.recv(first === "a" ? b : a));
      return rest !== "nothing" && rest.value === (first === "a" ? "b" : "a");
    },
  },
  "a select that waited leaves no receiver behind": {
    needs: "either",
    async holds(p) {
      const [a, b] = [p.make(0), p.make(0)];
      const got = p.either?.(a, b);
      quiet(p.send(a, "a"));
      await outcome(got);
      return !(await settles(p.send(b, "b")));
    },
  },
  "of two ready channels a select takes each about as often": {
    needs: "either",
    async holds(p) {
      let fromA = 0;
      for (let turn = 0; turn < 200; turn++) {
        const [a, b] = [p.make(1), p.make(1)];
        await put(p, a, "a");
        await put(p, b, "b");
        if ((await outcome(p.either?.(a, b))) === "a") fromA++;
      }
      // A fair coin is outside of this once in ten billion runs.
      return fromA > 55 && fromA < 145;
    },
  },
  "a select can offer a value": {
    needs: "offer",
    async holds(p) {
      const [from, to] = [p.make(0), p.make(0)];
      const got = p.recv(to);
      const what = await outcome(p.offer?.(from, to, 7));
      const told = await outcome(got);
      return what === "sent" && told !== "nothing" && told.value === 7;
    },
  },
  "a receive that is given up takes no value": {
    needs: "giveUp",
    async holds(p) {
      const c = p.make(0);
      await p.giveUp?.(c);
      const got = p.recv(c);
      quiet(p.send(c, 1));
      const told = await outcome(got);
      return told !== "nothing" && told.value === 1;
    },
  },
};

export async function ask(p: Peer, law: keyof typeof laws): Promise<Answer> {
  const it = laws[law];
  if (it === undefined) throw new Error(`no law "${law}"`);
  if (it.needs !== undefined && p[it.needs] === undefined) return "has none";
  // A library may also refuse one of the law's own steps, or leave it hanging.
  const holds = it.holds(p).catch(() => false);
  return (await outcome(holds, 200 * TURNS)) === true ? "holds" : "does not";
}
