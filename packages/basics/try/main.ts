import { tryOut } from "../src/exercise.ts";
import { exercises } from "./exercises.ts";

await tryOut("basics", exercises);
