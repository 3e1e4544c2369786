/** Node alone would exit with 13. */
import { chan } from "../../src/index.ts";

await chan<number>().send(1);
