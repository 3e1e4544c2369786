/** The page's files, for a program that serves them itself: a live play, and the gate. */
import { fromHere, program } from "@shirts/command-line";
import { keepPage, writePage } from "./serve/build.ts";

await program({
  name: "page",
  usage: `page-main.ts FOLDER   writes the page into this folder: the one that is kept, if its sources have not changed, else a new one
page-main.ts          keeps one in packages/theatre/dist, if there is none or its sources have changed`,
  positionals: "words",
  async main(_flags, [folder]) {
    if (folder !== undefined) await writePage(fromHere(folder));
    else await keepPage();
  },
});
