import { tryOut } from "@shirts/basics/exercise";
import { exercises } from "./exercises.ts";

await tryOut("fan-in", exercises);
