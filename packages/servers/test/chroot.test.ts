/** The newer folder is here and cannot be entered: what is in the way, and what a person can do about it. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

/** Who we are, and what chroot says to its first program; undefined: that program runs. */
let uid = 0;
let chroot: string | undefined;
let folder: string;
let chosen: typeof import("../src/choose.ts").chosen;
let want: typeof import("../src/choose.ts").want;
beforeEach(async () => {
  // A short run shares its modules among files, so this one takes fresh ones.
  vi.resetModules();
  vi.doMock("node:os", async (original) => {
    const os = await original<typeof import("node:os")>();
    return { ...os, userInfo: () => ({ ...os.userInfo(), uid }) };
  });
  vi.doMock("../src/installation.ts", () => ({
    async run(_at: unknown, program: string): Promise<string> {
      if (program === "/bin/true" && chroot !== undefined) throw new Error(`/bin/true failed ${chroot}`);
      return "postgres (PostgreSQL) 99.1";
    },
  }));
  ({ chosen, want } = await import("../src/choose.ts"));
  folder = mkdtempSync(join(tmpdir(), "shirts-chroot-"));
  vi.stubEnv("SHIRTS_NEWER", folder);
  vi.stubEnv("SHIRTS_SERVERS", "");
  vi.stubEnv("PATH", "");
  const postgres = join(folder, "usr/lib/postgresql/99/bin/postgres");
  mkdirSync(dirname(postgres), { recursive: true });
  writeFileSync(postgres, "#!/bin/sh\n");
  chmodSync(postgres, 0o755);
});
afterEach(() => {
  vi.doUnmock("node:os");
  vi.doUnmock("../src/installation.ts");
  vi.resetModules();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const NOT_ALLOWED = "/usr/sbin/chroot: cannot change root directory to '/newer': Operation not permitted";
const NOTHING_THERE = "/usr/sbin/chroot: failed to run command '/bin/true': No such file or directory";

test.each([
  [
    "this user is not root",
    { uid: 1000, chroot: undefined },
    "only root can start it (chroot). Do this as root, or ask for another version.",
  ],
  [
    "root may not use chroot",
    { uid: 0, chroot: `(125): ${NOT_ALLOWED}` },
    `it cannot be started: /bin/true failed (125): ${NOT_ALLOWED}. Ask for another version, or do this on a machine that lets root use chroot.`,
  ],
  [
    "the folder is broken",
    { uid: 0, chroot: `(127): ${NOTHING_THERE}` },
    `it cannot be started: /bin/true failed (127): ${NOTHING_THERE}. Remove that folder, and \`.ci/newer\` unpacks it again; or ask for another version.`,
  ],
])("one line says what is in the way and what to do: %s", async (_, given, line) => {
  ({ uid, chroot } = given);
  vi.stubEnv("SHIRTS_POSTGRES", "");
  want("PostgreSQL", "98");
  const { message } = await chosen("PostgreSQL").then(
    () => new Error("it was found"),
    (error: Error) => error,
  );
  expect(message.split("Here is: ")[0]).toBe("PostgreSQL 98 is not on this machine. ");
  expect(message.slice(message.indexOf(`one in ${folder}`))).toBe(`one in ${folder}, but ${line}`);
});

test("where nothing is in the way, one is asked for that is here", async () => {
  [uid, chroot] = [0, undefined];
  vi.stubEnv("SHIRTS_POSTGRES", "");
  want("PostgreSQL", "98");
  await expect(chosen("PostgreSQL")).rejects.toThrow(/99\.1 in [^\n]+\. Ask for one of these\.$/);
  want("PostgreSQL", "99");
  expect(await chosen("PostgreSQL")).toMatchObject({ name: "PostgreSQL" });
});
