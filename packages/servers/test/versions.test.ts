/** Which version is taken, and the one line about one that cannot be had. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { chosen, want } from "../src/choose.ts";
import { versionOf } from "../src/find.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "shirts-versions-"));
  vi.stubEnv("SHIRTS_NEWER", join(folder, "newer"));
  vi.stubEnv("SHIRTS_RABBITMQ", "");
  vi.stubEnv("SHIRTS_POSTGRES", "");
  vi.stubEnv("SHIRTS_SERVERS", "");
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** A program that prints one line. */
function program(file: string, line: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho '${line}'\n`);
  chmodSync(file, 0o755);
}

/** A PostgreSQL on the PATH. The machine's own is there, too, and is found before it. */
function postgresOnPath(version: string): void {
  const bin = join(folder, version);
  program(join(bin, "postgres"), `postgres (PostgreSQL) ${version} (Debian)`);
  vi.stubEnv("PATH", `${bin}${delimiter}${process.env.PATH}`);
}

/** A RabbitMQ on the PATH: its plugins have its version in their names. */
function rabbitOnPath(version: string): void {
  program(join(folder, version, "bin/rabbitmq-server"), "");
  mkdirSync(join(folder, version, "plugins", `rabbit-${version}`), { recursive: true });
  vi.stubEnv("PATH", `${join(folder, version, "bin")}${delimiter}${process.env.PATH}`);
}

describe("a version that is wanted", () => {
  test.each([
    ["RabbitMQ", "3.9", "4 or 4.3, not older than 3.10"],
    ["RabbitMQ", "2", "4 or 4.3, not older than 3.10"],
    ["RabbitMQ", "latest", "4 or 4.3, not older than 3.10"],
    ["RabbitMQ", "4.", "4 or 4.3, not older than 3.10"],
    ["RabbitMQ", "", "4 or 4.3, not older than 3.10"],
    ["PostgreSQL", "13.23", "18, not older than 14"],
  ] as const)("is refused when it is none, or too old: %s %j", (name, version, good) => {
    expect(() => want(name, version)).toThrow(
      `"${version}" is no version of ${name} that can be taken: write one such as ${good}.`,
    );
  });

  test.each(["3", "3.10", "3.10.8", "3.13", "4", "10.1"])("may be RabbitMQ %s", (version) => {
    want("RabbitMQ", version);
    expect(process.env.SHIRTS_RABBITMQ).toBe(version);
  });

  test("is taken where it is found, by the numbers that were given", async () => {
    postgresOnPath("90.1");
    postgresOnPath("91.1");
    postgresOnPath("91.12");
    for (const [wanted, found] of [
      ["90", "90.1"],
      ["91.12", "91.12"],
      ["91.1", "91.1"],
    ] as const) {
      want("PostgreSQL", wanted);
      expect(await versionOf(await chosen("PostgreSQL"))).toBe(found);
    }
  });

  test("is an error of one line when it is not here: what is here, and how to get a newer one", async () => {
    postgresOnPath("90.1");
    want("PostgreSQL", "9999");
    await expect(chosen("PostgreSQL")).rejects.toThrow(
      /^PostgreSQL 9999 is not on this machine\. Here is: (.+, )?90\.1\. As root, `\.ci\/newer` unpacks [^\n]+$/,
    );
  });

  test("is too old when it is here and older than what the tests have seen", async () => {
    postgresOnPath("13.23");
    vi.stubEnv("SHIRTS_POSTGRES", "13");
    await expect(chosen("PostgreSQL")).rejects.toThrow(
      /^PostgreSQL 13\.23 is too old for this: it takes 14 or later\. [^\n]+$/,
    );
  });

  test("is too old when it is a RabbitMQ of before 3.10", async () => {
    rabbitOnPath("3.9.29");
    vi.stubEnv("SHIRTS_RABBITMQ", "3.9");
    await expect(chosen("RabbitMQ")).rejects.toThrow(
      /^RabbitMQ 3\.9\.29 is too old for this: it takes 3\.10 or later\. As root, `\.ci\/newer` unpacks [^\n]+$/,
    );
  });
});

test("with SHIRTS_SERVERS=none nothing is started that is here", async () => {
  postgresOnPath("90.1");
  expect((await chosen("PostgreSQL")).bin).not.toBe("");
  vi.stubEnv("SHIRTS_SERVERS", "none");
  for (const name of ["PostgreSQL", "RabbitMQ", "Redis"] as const)
    await expect(chosen(name)).rejects.toThrow(
      `${name} is not on this machine: SHIRTS_SERVERS is "none", as in npm test by itself. npm run services -- npm test starts it.`,
    );
});

describe("the folder of the newer servers", () => {
  const newer = () => join(folder, "newer");
  const isRoot = userInfo().uid === 0;

  test("says who may start what is in it, or why it cannot be started", async () => {
    program(join(newer(), "usr/lib/postgresql/99/bin/postgres"), "postgres (PostgreSQL) 99.1");
    want("PostgreSQL", "99");
    const why = isRoot
      ? "it cannot be started: [^\\n]+chroot: [^\\n]+\\. (Remove that folder, and|Ask for another version, or) [^\\n]+"
      : "only root can start it \\(chroot\\)\\. Do this as root, or ask for another version";
    await expect(chosen("PostgreSQL")).rejects.toThrow(
      new RegExp(
        `^PostgreSQL 99 is not on this machine\\. Here is: [^\\n]*one in ${newer()}, but ${why}\\.$`,
      ),
    );
  });

  test("is left alone when no version is wanted", async () => {
    program(join(newer(), "usr/lib/postgresql/99/bin/postgres"), "postgres (PostgreSQL) 99.1");
    postgresOnPath("90.1");
    expect((await chosen("PostgreSQL")).root).toBeUndefined();
  });
});
