import type { Command } from "@shirts/story";
import { expect, test } from "vitest";
import { Broker, type Consumer, type Delivery } from "../src/broker.ts";

const command: Command = { area: "north-america", shirt: "purple", revision: 1 };

function consumer(name: string, prefetch: number): Consumer & { readonly got: Delivery[] } {
  const got: Delivery[] = [];
  return { name, prefetch, got, deliver: (delivery) => got.push(delivery), cancelled() {} };
}
const ids = ({ got }: { got: Delivery[] }) =>
  got.map(({ id, redelivered }) => `${id}${redelivered ? " again" : ""}`);

test("jobs go round robin, and nobody holds more than its prefetch", () => {
  const broker = new Broker();
  const [a, b] = [consumer("a", 2), consumer("b", 1)];
  broker.consume(a);
  broker.consume(b);
  for (const id of ["c1", "c2", "c3", "c4", "c5"]) broker.publish(id, command);
  expect([ids(a), ids(b)]).toEqual([["c1.1", "c3.1"], ["c2.1"]]);
  broker.ack(b, b.got[0]?.tag ?? 0);
  expect(ids(b)).toEqual(["c2.1", "c4.1"]);
});

test("the jobs of a lost consumer come back to their old place, marked as redelivered", () => {
  const broker = new Broker();
  const [a, b] = [consumer("a", 2), consumer("b", 9)];
  broker.consume(a);
  for (const id of ["c1", "c2", "c3"]) broker.publish(id, command);
  broker.leave(a);
  broker.consume(b);
  expect(ids(b)).toEqual(["c1.2 again", "c2.2 again", "c3.1"]);
});

test("an ack for a job of a lost connection changes nothing", () => {
  const broker = new Broker();
  const a = consumer("a", 1);
  broker.consume(a);
  broker.publish("c1", command);
  broker.leave(a);
  broker.ack(a, a.got[0]?.tag ?? 0);
  expect(broker.open.map(({ id }) => id)).toEqual(["c1"]);
});

test("a cancel goes to every queue that is bound, and to no other", () => {
  const broker = new Broker();
  const heard: string[] = [];
  const [here, gone] = [
    { put: (_: unknown, id: string) => heard.push(id) },
    { put: () => heard.push("gone") },
  ];
  broker.bind(here);
  broker.bind(gone);
  broker.unbind(gone);
  broker.fanOut({ area: "north-america", consumerId: "n1" }, "n1!1");
  expect(heard).toEqual(["n1!1"]);
});
