/** Which failures may pass: after them the same statement is asked again. */
import { expect, test } from "vitest";
import { isLockTimeout, isTransient } from "../src/errors.ts";

const failure = (code: string | undefined, message = "") => Object.assign(new Error(message), { code });

test.each([
  ["a lost connection", "08006"],
  ["a server that shuts down", "57P01"],
  ["a server that has crashed", "57P02"],
  ["a server that starts", "57P03"],
  ["transactions that could not be put in an order", "40001"],
  ["a deadlock: the server has ended one of two", "40P01"],
  ["a row that was waited for too long", "55P03"],
  ["a server without a free connection", "53300"],
  ["a port where nobody listens", "ECONNREFUSED"],
  ["a socket that is away while its server restarts", "ENOENT"],
  ["a connection that was reset", "ECONNRESET"],
  ["a pipe that is broken", "EPIPE"],
  ["a machine that does not answer", "ETIMEDOUT"],
  ["a machine without a way to it", "EHOSTUNREACH"],
  ["a network without a way to it", "ENETUNREACH"],
  ["a name that cannot be looked up now", "EAI_AGAIN"],
])("%s (%s) may pass", (_, code) => {
  expect(isTransient(failure(code))).toBe(true);
  expect(isLockTimeout(failure(code))).toBe(code === "55P03");
});

test.each([
  "Connection terminated unexpectedly",
  "timeout exceeded when trying to connect",
  "Query read timeout",
  "Client has encountered a connection error and is not queryable",
])("what the driver says without a code may pass: %s", (message) => {
  expect(isTransient(failure(undefined, message))).toBe(true);
});

test.each([
  ["a wrong password", "28P01"],
  ["a table that is not there", "42P01"],
  ["a statement that the server cancelled", "57014"],
  ["a value that breaks a rule", "23505"],
])("%s (%s) does not pass", (_, code) => {
  expect(isTransient(failure(code))).toBe(false);
});

test("a host with two addresses fails with one error for each: the first one counts", () => {
  const both = Object.assign(new AggregateError([failure("ECONNREFUSED"), failure("ECONNREFUSED")]), {
    code: undefined,
  });
  expect(isTransient(both)).toBe(true);
});
