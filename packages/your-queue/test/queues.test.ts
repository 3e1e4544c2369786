/** Each queue as it is and with the fence, on real servers and real processes, in a forced order. */
import { describe, expect, test } from "vitest";
import { play } from "../src/play.ts";
import { playOf } from "../src/play-of.ts";
import { QUEUE_NAMES, QUEUES } from "../src/queues.ts";
import { find, here } from "./support/stage.ts";

for (const name of QUEUE_NAMES) {
  const { services, title } = await find(name, QUEUES[name].needs);

  describe.skipIf(!services)(title, () => {
    test("as it is: the worker that stalled paints PURPLE over BLUE, for good", async () => {
      const lines: string[] = [];
      const verdict = await play(playOf(name, false), here(services), (line) => lines.push(line));
      expect(verdict).toEqual({ right: false, line: "70 of 100 wear PURPLE, 30 BLUE; BLUE is commanded" });
      expect(lines).toContain("  worker 1: PURPLE done");
    });

    test("with the fence: the same worker is refused, and everybody wears BLUE", async () => {
      const lines: string[] = [];
      const verdict = await play(playOf(name, true), here(services), (line) => lines.push(line));
      expect(verdict).toEqual({ right: true, line: "100 of 100 wear BLUE; BLUE is commanded" });
      expect(lines).toContain("  worker 1: PURPLE refused");
    });
  });
}
