/** `node --import tsx --import register.ts?worker=URL main.ts`: the program runs with that file in the place of its worker.ts. */
import { register } from "node:module";
import { pathToFileURL } from "node:url";
import type { OwnModules } from "./hooks.ts";

const own = new URL(import.meta.url).searchParams.get("worker") ?? "";
const main = pathToFileURL(process.argv[1] ?? "").href;
register<OwnModules>("./hooks.ts", import.meta.url, { data: { own, house: main, main } });
