/** Each queue as it is and with the fence, on real servers and real processes, in a forced order. */
import { describe, expect, test } from "vitest";
import { play } from "../src/play.ts";
import { playOf } from "../src/play-of.ts";
import { QUEUE_NAMES, QUEUES, type QueueFacts, type QueueName } from "../src/queues.ts";
import { find, here } from "./support/stage.ts";

const PEOPLE = {
  wrong: "70 of 100 wear PURPLE, 30 BLUE; BLUE is commanded",
  right: "100 of 100 wear BLUE; BLUE is commanded",
};
const MAILS = { wrong: "mails: BLUE, PURPLE; BLUE is commanded", right: "mails: BLUE; BLUE is commanded" };

/** A short run plays one queue, and one place outside of the database. Each play is a database and two processes. */
const inShort: readonly QueueName[] = process.env.SHORT_TESTS === "1" ? ["plain", "store"] : QUEUE_NAMES;

for (const name of QUEUE_NAMES) {
  if (!inShort.includes(name)) {
    test.skip(`${name} (in CI)`, () => {});
    continue;
  }
  const facts: QueueFacts = QUEUES[name];
  const { services, title } = await find(name, facts.needs);
  const lines = facts.outside === "mail" ? MAILS : PEOPLE;

  describe.skipIf(!services)(title, () => {
    test("as it is: the worker that stalled overwrites BLUE with PURPLE, for good", async () => {
      const told: string[] = [];
      const verdict = await play(playOf(name, false), here(services), (line) => told.push(line));
      // pg-boss gives a job again by the clock; on a busy machine also BLUE, which then paints a part of the damage over.
      const wrong = name === "pg-boss" ? expect.stringMatching(/PURPLE.*; BLUE is commanded$/) : lines.wrong;
      expect(verdict).toEqual({ right: false, line: wrong });
      expect(told).toContain("  worker 1: PURPLE done");
    });

    if (facts.isWindow) {
      test("with the fence: it had passed before BLUE was accepted, and is late all the same", async () => {
        const verdict = await play(playOf(name, true), here(services), () => {});
        expect(verdict).toEqual({ right: false, line: lines.wrong });
      });
    } else {
      test("with the fence: the same worker is refused, and BLUE stays", async () => {
        const told: string[] = [];
        const verdict = await play(playOf(name, true), here(services), (line) => told.push(line));
        expect(verdict).toEqual({ right: true, line: lines.right });
        expect(told).toContain("  worker 1: PURPLE refused");
      });
    }
  });
}
