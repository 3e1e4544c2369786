/** The channel libraries of npm beside ours. */
import * as lesomnus from "@lesomnus/channel";
import nodeguy from "@nodeguy/channel";
import * as csp from "@thi.ng/csp";
import * as tsChan from "ts-chan";
import { type Chan, chan, receiving, select, sending } from "../../src/index.ts";
import { type Peer, peer } from "./peer.ts";

const ours = peer<Chan<unknown>>({
  name: "ours",
  make: (cap) => chan<unknown>(cap),
  send: (c, value) => c.send(value),
  recv: async (c) => {
    const [value, ok] = await c.recv();
    return { value, isClosed: !ok };
  },
  close: (c) => c.close(),
  either: async (a, b) => (await select({ a: receiving(a), b: receiving(b) })).value,
  offer: async (from, to, value) =>
    (await select({ from: receiving(from), to: sending(to, value) })).case === "to" ? "sent" : "received",
  async giveUp(c) {
    const controller = new AbortController();
    const given = c.recv(controller).catch(() => {});
    controller.abort();
    await given;
  },
});

const tsChanPeer = peer<tsChan.Chan<unknown>>({
  name: "ts-chan",
  make: (cap) => new tsChan.Chan<unknown>(cap),
  send: (c, value) => c.send(value),
  recv: async (c) => {
    const { value, done } = await c.recv();
    return { value, isClosed: done === true };
  },
  close: (c) => c.close(),
  async either(a, b) {
    const it = new tsChan.Select([tsChan.recv(a), tsChan.recv(b)]);
    const won = await it.wait();
    return it.recv(it.cases[won as 0]).value;
  },
  async offer(from, to, value) {
    const it = new tsChan.Select([tsChan.recv(from), tsChan.send(to, () => value)]);
    return (await it.wait()) === 1 ? "sent" : "received";
  },
  async giveUp(c) {
    const controller = new AbortController();
    const given = c.recv(controller.signal).catch(() => {});
    controller.abort();
    await given;
  },
});

const thing = peer<csp.Channel<unknown>>({
  name: "@thi.ng/csp",
  make: (cap) => (cap === 0 ? csp.channel<unknown>() : csp.channel<unknown>(cap)),
  send: (c, value) => c.write(value),
  recv: async (c) => {
    const value = await c.read();
    return { value, isClosed: value === undefined };
  },
  close: (c) => c.close(),
  either: async (a, b) => (await csp.select(a, b))[0],
});

// Its types tell of a default export, but the module is the constructor itself.
const Nodeguy = nodeguy as unknown as typeof nodeguy.default;
type NodeguyChannel = ReturnType<typeof Nodeguy<unknown>>;

const nodeguyPeer = peer<NodeguyChannel>({
  name: "@nodeguy/channel",
  make: (cap) => Nodeguy<unknown>(cap),
  send: (c, value) => c.push(value),
  recv: async (c) => {
    const value: unknown = await c.shift();
    return { value, isClosed: value === undefined };
  },
  close: (c) => c.close(),
  either: async (a, b) => {
    const won = await Nodeguy.select([a.shift(), b.shift()]);
    return won.value();
  },
  offer: async (from, to, value) =>
    (await Nodeguy.select([from.shift(), to.push(value)])) === to ? "sent" : "received",
});

const lesomnusPeer = peer<lesomnus.Chan<unknown>>({
  name: "@lesomnus/channel",
  make: (cap) => new lesomnus.Chan<unknown>(cap),
  send: (c, value) => c.send(value),
  async recv(c) {
    try {
      return { value: await c.recv(), isClosed: false };
    } catch {
      return { value: undefined, isClosed: true };
    }
  },
  close: (c) => c.close(),
  async either(a, b) {
    let got: unknown;
    const take = (_: boolean, value: unknown): void => {
      got = value;
    };
    await lesomnus.select([lesomnus.recv(a, take), lesomnus.recv(b, take)]);
    return got;
  },
  async offer(from, to, value) {
    let what: "sent" | "received" = "received";
    await lesomnus.select([
      lesomnus.recv(from),
      lesomnus.send(to, value, () => {
        what = "sent";
      }),
    ]);
    return what;
  },
});

export const peers: readonly Peer[] = [ours, tsChanPeer, thing, nodeguyPeer, lesomnusPeer];
