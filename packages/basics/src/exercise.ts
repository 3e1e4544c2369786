/** Exercises: a file to change, and a law that tells whether the change does it. Run on demand, never by the gate. */

export interface Exercise {
  /** What holds when the exercise is done. */
  readonly law: string;
  /** Says what is still wrong with the file that the reader changes; `undefined` when the law holds. */
  given(): Promise<string | undefined>;
  /** The same for the solution beside it. */
  solved(): Promise<string | undefined>;
}

/** Makes an exercise of two versions of a module and a function that complains about a version. */
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
