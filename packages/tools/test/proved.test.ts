/** The versions that the gate has proved: the document, and what README and Docker take from it. */
import { expect, test } from "vitest";
import { provedDocument } from "../src/gate/proved.ts";
import { read, repository } from "../src/tree.ts";

const PROVED = read(repository, "docs/generated/proved.md");
const COMPOSE = read(repository, "docker-compose.yml");

/** The versions in a row of the document. */
function proved(servers: string, text = PROVED): { rabbitMq: string; postgres: string } {
  const [, rabbitMq = "", postgres = ""] =
    new RegExp(`^\\| ${servers} \\| ([\\d.]+) \\| ([\\d.]+) \\|`, "m").exec(text) ?? [];
  return { rabbitMq, postgres };
}

/** The images that Docker takes of a server. */
function images(name: string, text = COMPOSE): string[] {
  return [...text.matchAll(new RegExp(`^ *image: ${name}:(\\S+)$`, "gm"))].map(([, tag = ""]) => tag);
}

test("the document is the one that its versions make", () => {
  const servers = (row: string) => {
    const { rabbitMq, postgres } = proved(row);
    return `RabbitMQ ${rabbitMq}, PostgreSQL ${postgres}`;
  };
  expect(PROVED).toBe(provedDocument({ older: servers("older"), newer: servers("newer") }));
});

test("docker-compose.yml pins the newer servers that were proved, and no others", () => {
  const { rabbitMq, postgres } = proved("newer");
  expect(images("rabbitmq")).toEqual([`${rabbitMq}-management`]);
  expect(images("postgres")).toEqual([postgres]);
});

test("docker-compose.yml keeps the data of each version in volumes of their own", () => {
  const { rabbitMq, postgres } = proved("newer");
  const volumes = [...COMPOSE.matchAll(/^ *- (\S+):\/var\/lib\/(rabbitmq|postgresql)$/gm)];
  const expected = new Map([
    ["rabbitmq", `rabbitmq-${rabbitMq.replace(/\.\d+$/, "")}`],
    ["postgresql", `postgres-${postgres.replace(/\.\d+$/, "")}`],
  ]);
  expect(volumes).toHaveLength(5);
  for (const [, volume, server = ""] of volumes) expect(volume).toContain(expected.get(server));
});

test("planted: an image of another version is seen", () => {
  const { postgres } = proved("newer");
  const text = COMPOSE.replace(`image: postgres:${postgres}`, "image: postgres:17.6");
  expect(images("postgres", text)).not.toEqual([postgres]);
});

test("the broker's contract was recorded on both RabbitMQs", () => {
  const recorded = JSON.parse(read(repository, "packages/broker/test/contract/proved.json"));
  for (const row of ["older", "newer"]) expect(Object.keys(recorded)).toContain(proved(row).rabbitMq);
});

test("a text that names no version is no proof", () => {
  const both = "RabbitMQ 4.3.6, PostgreSQL 18.6";
  expect(() => provedDocument({ older: both, newer: "RabbitMQ 4.3.6, PostgreSQL " })).toThrow(
    "names no PostgreSQL",
  );
  expect(() => provedDocument({ older: "", newer: both })).toThrow("names no RabbitMQ");
});
