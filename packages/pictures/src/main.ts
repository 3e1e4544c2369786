/** `pnpm pictures`: writes the chapters' moving pictures. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { program, UsageError } from "@shirts/command-line";
import { draw } from "./draw.ts";
import { scenes } from "./scenes/index.ts";

const folder = fileURLToPath(new URL("../../../docs/images/", import.meta.url));

await program({
  name: "pictures",
  usage: `Draws the chapters' pictures into docs/images, from what real programs do.

  pnpm pictures          all of them
  pnpm pictures NAME...  ${Object.keys(scenes).join(", ")}`,
  positionals: "words",
  async main(_, words) {
    const names = words.length > 0 ? words : Object.keys(scenes);
    for (const name of names) {
      const scene = Object.hasOwn(scenes, name) ? scenes[name] : undefined;
      if (!scene)
        throw new UsageError(`There is no picture "${name}". There are ${Object.keys(scenes).join(", ")}.`);
      writeFileSync(`${folder}${name}.svg`, draw(await scene()));
      console.log(`docs/images/${name}.svg`);
    }
  },
});
