/** The document about the contract is the one that the laws and the record make. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { RABBITMQ_VERSION } from "../src/session/handshake.ts";
import { laws } from "./contract/laws.ts";
import { expectedOf, law } from "./support/law.ts";
import { byVersion, readProved } from "./support/proved.ts";
import { report } from "./support/report.ts";

const document = readFileSync(new URL("../../../docs/generated/broker.md", import.meta.url), "utf8");
const two = law("two answers", async () => [], ["new"], { differs: "One of two.", lines: ["old"] });

describe("the record of the contract", () => {
  test("docs/generated/broker.md is up to date (`pnpm --filter broker contract:table`)", () => {
    expect(document).toBe(report(laws, readProved()));
  });

  test("the embedded broker says that it is the newest RabbitMQ of the record", () => {
    expect(Object.keys(readProved()).sort(byVersion).at(-1)).toBe(RABBITMQ_VERSION);
  });

  test("planted: a law that no one has recorded makes another document", () => {
    expect(report({ ...laws, more: [two] }, readProved())).not.toBe(document);
  });
});

describe("a law with two answers", () => {
  test("demands the older one from RabbitMQ 3, and the newer one from 4", () => {
    expect(expectedOf(two, "3.13.7")).toEqual(["old"]);
    expect(expectedOf(two, "4.0.0")).toEqual(["new"]);
    expect(expectedOf(two, "10.1.2")).toEqual(["new"]);
    expect(() => expectedOf(two, "unknown")).toThrow("no version");
  });

  test("has two that differ, and says how in one line", () => {
    for (const { title, expected, older } of Object.values(laws).flat()) {
      if (!older) continue;
      expect(older.lines, title).not.toEqual(expected);
      expect(older.differs, title).toMatch(/^[^\n|]+\.$/);
    }
  });
});
