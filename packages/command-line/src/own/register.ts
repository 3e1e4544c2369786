/** `node --import tsx --import register.ts?worker=URL main.ts`: the program runs with that file in the place of its worker.ts. */
import { fileURLToPath, pathToFileURL } from "node:url";
import { errorLine } from "../error-line.ts";
import { importOwn, shortly } from "./import-own.ts";

const file = fileURLToPath(new URL(import.meta.url).searchParams.get("worker") ?? "");
const main = pathToFileURL(process.argv[1] ?? "").href;

// Before the program: what is wrong with the file is told in one line.
try {
  const { worker } = await importOwn("--worker", file, main, main);
  if (typeof worker !== "function")
    throw new Error(`--worker: ${shortly(file)} exports no function "worker"`);
} catch (error) {
  process.stderr.write(`${errorLine(error)}\n`);
  process.exit(2);
}
