/** Exercises: a file for the reader to change, and a law that holds once the change is right. */

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

/** The command `try NAME`: prints whether the law holds; exit code 1 when it does not. Without a name it lists all. */
export async function tryOut(
  packageName: string,
  exercises: Readonly<Record<string, Exercise>>,
  args: readonly string[],
): Promise<void> {
  const name = args.join(" ");
  const command = `pnpm --filter ${packageName} try`;
  const it = Object.hasOwn(exercises, name) ? exercises[name] : undefined;
  if (args.length === 0) {
    for (const [each, { law }] of Object.entries(exercises)) console.log(`${command} ${each}\n  ${law}`);
  } else if (it === undefined) {
    console.error(`${packageName}: no exercise "${name}"; there are ${Object.keys(exercises).join(", ")}`);
    process.exitCode = 2;
  } else {
    const complaint = await it.given();
    console.log(`the law: ${it.law}`);
    if (complaint === undefined) {
      console.log(`It holds. Compare with packages/${packageName}/try/solutions/${name}.ts`);
    } else {
      console.log(`not yet: ${complaint}`);
      console.log(`Change packages/${packageName}/try/${name}.ts, then run this again.`);
      process.exitCode = 1;
    }
  }
}
