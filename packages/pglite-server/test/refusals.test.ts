/** What the one session cannot do for several clients is refused, by its words; what only looks like it is not. */
import { describe, expect, test } from "vitest";
import { refuse, refuseSetting } from "../src/refusals.ts";
import { statementsOf } from "../src/sql-words.ts";

const refused = (text: string) =>
  statementsOf(text)
    .map((words, _, all) => refuse(words, all.length === 1))
    .find((reason) => reason !== undefined);

describe("refused", () => {
  test.each([
    ["LISTEN jobs", "LISTEN cannot be had"],
    ["SELECT 1; listen jobs", "LISTEN cannot be had"],
    ["/* hello */ LISTEN jobs", "LISTEN cannot be had"],
    ["PREPARE p AS SELECT 1; EXECUTE p", "PREPARE among other statements"],
    ["DECLARE c CURSOR WITH HOLD FOR SELECT 1", "a cursor WITH HOLD"],
    ["CREATE TEMP TABLE t (n int)", "a temporary table"],
    ["CREATE LOCAL TEMPORARY TABLE t (n int) ON COMMIT DELETE ROWS", "a temporary table"],
    ["CREATE OR REPLACE TEMP VIEW v AS SELECT 1", "a temporary table"],
    ["CREATE TABLE pg_temp.t (n int)", "a temporary table"],
    ["SELECT 1 AS n INTO TEMP t", "a temporary table"],
    ["WITH a AS (SELECT 1) SELECT * INTO TEMPORARY TABLE t FROM a", "a temporary table"],
    ["SELECT pg_advisory_lock(1)", "Take one that a transaction holds (pg_advisory_xact_lock)"],
    ["SELECT pg_catalog.pg_try_advisory_lock_shared (1)", "(pg_try_advisory_xact_lock_shared)"],
    ['SELECT "pg_advisory_lock"(1)', "(pg_advisory_xact_lock)"],
    ["COPY t FROM STDIN", "COPY FROM STDIN cannot be done here"],
    ["COPY t (a, b)\nFROM/* from where? */STDIN WITH (FORMAT csv)", "COPY FROM STDIN cannot be done here"],
    ["SET SESSION AUTHORIZATION x", "SET SESSION AUTHORIZATION cannot be had"],
    ["SELECT set_config('session_authorization', 'x', false)", "SET SESSION AUTHORIZATION cannot be had"],
    ["SELECT set_config($1, $2, false)", "set_config with a parameter for the name"],
    ["SET client_encoding TO latin1", 'speaks UTF8 only, and cannot translate to "latin1"'],
    ["SET SESSION client_encoding = 'WIN1252'", 'cannot translate to "WIN1252"'],
    ["SET NAMES 'latin1'", 'cannot translate to "latin1"'],
    ["SELECT set_config('Client_Encoding', 'latin1', true)", 'cannot translate to "latin1"'],
    ["SET standard_conforming_strings = off", "standard_conforming_strings stays on here"],
  ])("%s", (text, reason) => {
    expect(refused(text)).toContain(reason);
    expect(refused(text)).not.toContain("\n");
  });
});

describe("not refused", () => {
  test.each([
    "SELECT 'LISTEN', $$LISTEN$$, 1 AS listen -- LISTEN",
    "UNLISTEN *",
    "NOTIFY jobs",
    "PREPARE p AS SELECT 1",
    "ROLLBACK; PREPARE TRANSACTION 'x'",
    "DECLARE c CURSOR WITHOUT HOLD FOR SELECT 1",
    "CREATE TEMP TABLE t (n int) ON COMMIT DROP",
    "CREATE TABLE temp (n int)",
    "INSERT INTO temp VALUES (1)",
    "SELECT 1 AS n INTO temp FROM pg_class",
    "WITH a AS (SELECT 1) INSERT INTO temp SELECT * FROM a",
    "SELECT pg_advisory_xact_lock(1), pg_advisory_unlock_all()",
    "SELECT 'pg_advisory_lock(1)'",
    "COPY t TO STDOUT",
    "COPY (SELECT 'from stdin') TO STDOUT",
    "SET search_path TO a, b",
    "SET LOCAL work_mem = '8MB'",
    "SET TIME ZONE 'UTC'",
    "SET NAMES 'UTF8'",
    "SET client_encoding = 'utf-8'",
    "SET ROLE x",
    "UPDATE t SET client_encoding = 'latin1'",
    "SET",
    "SELECT set_config('my.name', $1, false)",
    // So does pg_dump.
    "SELECT set_config(name, 'view', false) FROM pg_settings WHERE name = 'restrict_nonsystem_relation_kind'",
  ])("%s", (text) => {
    expect(refused(text)).toBeUndefined();
  });

  test.each(["UTF8", "utf-8", "unicode", "SQL_ASCII", "DEFAULT"])("client_encoding %s", (value) => {
    expect(refuseSetting({ name: "client_encoding", value })).toBeUndefined();
  });
});
