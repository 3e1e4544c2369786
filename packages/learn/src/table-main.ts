/** `pnpm --filter learn table`: writes docs/generated/exercises.md. */
import { writeFileSync } from "node:fs";
import { program } from "@shirts/command-line";
import { exercisesDocument } from "./table.ts";

await program({
  name: "table",
  usage:
    "pnpm --filter learn table    judges all answers of all exercises, and writes docs/generated/exercises.md",
  async main() {
    writeFileSync(
      new URL("../../../docs/generated/exercises.md", import.meta.url),
      await exercisesDocument(),
    );
  },
});
