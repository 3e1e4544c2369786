import { afterEach, expect, test, vi } from "vitest";
import { newestStamp } from "../exercises/two-nodes/newest-stamp/exercise.ts";
import type { stampOf as given } from "../exercises/two-nodes/newest-stamp/given.ts";
import { judge } from "../src/exercise.ts";

type Stamp = typeof given;

afterEach(() => vi.restoreAllMocks());

// How fast this machine is once decided in which case an answer with `Date.now()` was refused.
test.each([0, 1, 1000])(
  "an answer that reads the machine's clock is refused in the same words, with %i ms a look",
  async (ms) => {
    let now = 0;
    vi.spyOn(Date, "now").mockImplementation(() => {
      now += ms;
      return now;
    });
    const stampOf: Stamp = ({ command }) => Date.now() + command.revision;
    const said = await judge(newestStamp, { stampOf });
    expect(said).toMatch(
      /^BLUE overtakes, and PURPLE comes by last, and the bar reads B+P+: a write of PURPLE/,
    );
  },
);
