/** The law of v4's exercise. */
import { type Exercise, exercise } from "@shirts/basics/exercise";
import { go, sleep } from "@shirts/chan";
import { bubble } from "@shirts/chan/testing";
import type { Colour, Shirt } from "@shirts/story";
import type { Table } from "./fence.ts";

/** Four milliseconds to the table and back, as for a step in SQL; what happens there happens in one moment. */
class SlowTable implements Table {
  revisionNow = 1;
  stale = 0;
  readonly people: Shirt[] = ["white", "white", "white"];

  async revision(): Promise<number> {
    await sleep(4);
    return this.revisionNow;
  }

  async write(step: number, shirt: Colour): Promise<void> {
    await sleep(4);
    this.#put(step, shirt);
  }

  async transaction(
    inside: (now: { revision: number; write(step: number, shirt: Colour): void }) => void,
  ): Promise<void> {
    await sleep(4);
    inside({ revision: this.revisionNow, write: (step, shirt) => this.#put(step, shirt) });
  }

  #put(step: number, shirt: Colour): void {
    this.people[step] = shirt;
    if (shirt === "purple" && this.revisionNow > 1) this.stale++;
  }
}

export const exercises: Readonly<Record<string, Exercise>> = {
  fence: exercise(
    "whenever BLUE is accepted, no step of PURPLE lands after it",
    () => import("./fence.ts"),
    () => import("./solutions/fence.ts"),
    async ({ paint }) => {
      for (let atMs = 0; atMs < 30; atMs++) {
        const stale = await bubble(async () => {
          const table = new SlowTable();
          go(async () => {
            await sleep(atMs);
            table.revisionNow = 2;
          });
          for (let step = 0; step < 3; step++)
            if (!(await paint(table, { area: "north-america", shirt: "purple", revision: 1 }, step))) break;
          if (atMs === 29 && table.people.includes("white")) return -1;
          return table.stale;
        });
        if (stale < 0) return "without a newer command PURPLE must paint all three steps";
        if (stale > 0) return `BLUE is accepted at ${atMs} ms, and ${stale} step of PURPLE lands after it`;
      }
      return undefined;
    },
  ),
};
