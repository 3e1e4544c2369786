import { FIRST_STATE } from "../src/president.ts";
import type { StateTable } from "../src/state-table.ts";

/** Takes the place of PGlite, which needs seconds to start. state-table.test.ts checks the real one. */
export function tableInMemory(): StateTable {
  let row = FIRST_STATE;
  return {
    async write(state) {
      row = state;
    },
    read: async () => row,
    async close() {},
  };
}
