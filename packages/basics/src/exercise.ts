/** Exercises: a file to change, and a law that tells whether the change does it. Run on demand, never by the gate. */
import { program, UsageError } from "@shirts/command-line";

export interface Exercise {
  /** A sentence that is true when the exercise is done. */
  readonly law: string;
  /** Judges the reader's file: resolves to what is still wrong, or to `undefined` when the law holds. */
  given(): Promise<string | undefined>;
  /** Judges the solution beside it. */
  solved(): Promise<string | undefined>;
}

/** Makes an exercise of two versions of a module, the reader's and the solution, and a function that judges a version. */
export function exercise<M>(
  law: string,
  given: () => Promise<M>,
  solved: () => Promise<M>,
  complaint: (module: M) => Promise<string | undefined>,
): Exercise {
  // A crash and a deadlock are complaints too.
  const judge = async (load: () => Promise<M>): Promise<string | undefined> => {
    try {
      return await complaint(await load());
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
  return { law, given: () => judge(given), solved: () => judge(solved) };
}

/** The command `try`: tells whether one exercise is done, by its text and the exit code; lists them without a name. */
export function tryOut(packageName: string, exercises: Readonly<Record<string, Exercise>>): Promise<void> {
  const command = `pnpm --filter ${packageName} try`;
  const usage = Object.entries(exercises)
    .map(([name, { law }]) => `${command} ${name}\n  ${law}`)
    .join("\n");
  return program({
    name: packageName,
    usage,
    positionals: "words",
    async main(_, words) {
      const name = words.join(" ");
      if (name === "") return console.log(usage);
      const it = Object.hasOwn(exercises, name) ? exercises[name] : undefined;
      if (!it)
        throw new UsageError(
          `There is no exercise "${name}". There are ${Object.keys(exercises).join(", ")}.`,
        );
      const complaint = await it.given();
      console.log(`the law: ${it.law}`);
      if (complaint === undefined) {
        console.log(`It holds. Compare with packages/${packageName}/try/solutions/${name}.ts`);
        return 0;
      }
      console.log(`not yet: ${complaint}`);
      console.log(`Change packages/${packageName}/try/${name}.ts, then run this again.`);
      return 1;
    },
  });
}
