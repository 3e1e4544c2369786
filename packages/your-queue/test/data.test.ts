/** Data outside of the database: what If-Match, a pointer, a note and an idempotency key hold, and what each of them lets pass. */
import { describe, expect, test } from "vitest";
import { mailsOf, send } from "../src/mail/mails.ts";
import { makeNotes, note, noteSent, reconcile } from "../src/mail/notes.ts";
import { AREA, makePeople } from "../src/people.ts";
import { command } from "../src/plain/fenced.ts";
import { type Job, makeJobs, take } from "../src/plain/jobs.ts";
import { play } from "../src/play.ts";
import { playOf } from "../src/play-of.ts";
import type { Stage } from "../src/services.ts";
import { get, move, type Pointer, put } from "../src/store/objects.ts";
import { startStore } from "../src/store/server.ts";
import type { Tools } from "../src/tools.ts";
import { find, here } from "./support/stage.ts";

const { services, title } = await find("data outside of the database", {});

describe("a store with If-Match", () => {
  test("writes nothing when the ETag is an old one, or when the object is there already", async () => {
    const { url, close } = await startStore();
    try {
      expect(await put(url, "shirt", "WHITE", { "If-None-Match": "*" })).toBe(true);
      const { etag } = (await get(url, "shirt")) ?? { etag: "none" };
      expect(await put(url, "shirt", "BLUE", { "If-Match": etag })).toBe(true);
      expect(await put(url, "shirt", "PURPLE", { "If-Match": etag })).toBe(false);
      expect(await put(url, "shirt", "PURPLE", { "If-None-Match": "*" })).toBe(false);
      expect(await put(url, "other", "PURPLE", { "If-Match": etag })).toBe(false);
      expect((await get(url, "shirt"))?.body).toBe("BLUE");
    } finally {
      await close();
    }
  });

  test("a pointer that two move at the same time loses no move: the slower one reads it again", async () => {
    const { url, close } = await startStore();
    const raise = ({ accepted, shown }: Pointer) => ({ accepted: accepted + 1, shown });
    try {
      expect(await Promise.all(Array.from({ length: 8 }, () => move(url, AREA, raise)))).not.toContain(false);
      expect(JSON.parse((await get(url, AREA))?.body ?? "")).toEqual({ accepted: 8, shown: 0 });
    } finally {
      await close();
    }
  });
});

describe.skipIf(!services)(title, () => {
  test("planted: an ETag that is read just before the write always fits, and PURPLE is over BLUE", async () => {
    const planted = new URL("planted/store-fresh-etag.ts", import.meta.url).href;
    const verdict = await play({ ...playOf("store", false), file: planted }, here(services), () => {});
    expect(verdict.line).toBe("70 of 100 wear PURPLE, 30 BLUE; BLUE is commanded");
  });

  /** PURPLE is taken by a worker; nothing is sent. */
  async function withJob(use: (tools: Tools & Stage, purple: Job) => Promise<void>): Promise<void> {
    const stage = await here(services).newStage("mail");
    const tools = { ...stage, render: async () => {}, log: () => {} };
    try {
      await makePeople(stage.db);
      await makeJobs(stage.db);
      await makeNotes(stage.db);
      await command(tools, { area: AREA, shirt: "PURPLE" });
      const purple = await take(stage.db, 600_000);
      if (purple === undefined) throw new Error("the job should be there");
      await use(tools, purple);
    } finally {
      await stage.close();
    }
  }

  test("a worker that dies between its note and its mail: reconcile sends it", () =>
    withJob(async ({ db, outsideUrl }, purple) => {
      expect(await note(db, purple)).toBe(true);
      expect(await reconcile(db, outsideUrl)).toBe(1);
      expect(await reconcile(db, outsideUrl)).toBe(0);
      expect(await mailsOf(outsideUrl)).toEqual(["PURPLE"]);
    }));

  test("a worker that dies after its mail: reconcile sends it again, and the key makes it one mail", () =>
    withJob(async ({ db, outsideUrl }, purple) => {
      await note(db, purple);
      await send(outsideUrl, purple.shirt, `${purple.area}/${purple.revision}`);
      expect(await reconcile(db, outsideUrl)).toBe(1);
      expect(await mailsOf(outsideUrl)).toEqual(["PURPLE"]);
    }));

  test("planted: without a key it is two mails", () =>
    withJob(async ({ db, outsideUrl }, purple) => {
      await note(db, purple);
      await send(outsideUrl, purple.shirt);
      await reconcile(db, outsideUrl);
      expect(await mailsOf(outsideUrl)).toEqual(["PURPLE", "PURPLE"]);
    }));

  test("a note whose command is no longer the newest is neither written nor sent", () =>
    withJob(async (tools, purple) => {
      const { db, outsideUrl } = tools;
      await note(db, purple);
      await command(tools, { area: AREA, shirt: "BLUE" });
      expect(await note(db, purple)).toBe(false);
      expect(await reconcile(db, outsideUrl)).toBe(0);
      const blue = await take(db);
      if (blue === undefined) throw new Error("the job should be there");
      expect(await note(db, blue)).toBe(true);
      await noteSent(db, blue);
      expect(await reconcile(db, outsideUrl)).toBe(0);
      expect(await mailsOf(outsideUrl)).toEqual([]);
    }));
});
