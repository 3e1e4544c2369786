/** `docker compose up`, the README and a node without settings must mean the same broker and the same table. */
import { readFileSync } from "node:fs";
import { DEFAULT_DATABASE_URL } from "@shirts/table";
import { expect, test } from "vitest";
import { DEFAULT_AMQP_URL } from "../src/index.ts";

const read = (file: string) => readFileSync(new URL(`../../../${file}`, import.meta.url), "utf8");
const compose = read("docker-compose.yml");
const setting = (name: string) => compose.match(new RegExp(`^ +${name}: (.+)$`, "m"))?.[1];

test("docker compose starts the RabbitMQ and the PostgreSQL that a node looks for", () => {
  const amqp = new URL(DEFAULT_AMQP_URL);
  expect(setting("RABBITMQ_DEFAULT_USER")).toBe(amqp.username);
  expect(setting("RABBITMQ_DEFAULT_PASS")).toBe(amqp.password);
  expect(compose).toContain(`"127.0.0.1:${amqp.port}:${amqp.port}"`);
  const table = new URL(DEFAULT_DATABASE_URL);
  expect(setting("POSTGRES_USER")).toBe(table.username);
  expect(setting("POSTGRES_PASSWORD")).toBe(table.password);
  expect(setting("POSTGRES_DB")).toBe(table.pathname.slice(1));
  expect(compose).toContain(`"127.0.0.1:${table.port}:${table.port}"`);
});

test.each(["README.md", "docker-compose.yml"])("%s names the same two addresses", (file) => {
  expect(read(file)).toContain(`AMQP_URL=${DEFAULT_AMQP_URL}`);
  expect(read(file)).toContain(`DATABASE_URL=${DEFAULT_DATABASE_URL}`);
});
