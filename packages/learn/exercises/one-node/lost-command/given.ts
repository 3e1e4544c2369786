/**
 * The president publishes a command. `publish` resolves when the broker has confirmed it, and rejects when it has not. Nobody
 * here looks at that: a command can be lost, and the president believes that he has given it.
 */

/** Publishes, at most three times. Resolves with how many tries it took; throws when the third one fails, too. */
export async function give(publish: () => Promise<void>): Promise<number> {
  publish().catch(() => {});
  return 1;
}

export async function main(print: (line: string) => void): Promise<void> {
  let tries = 0;
  const tried = await give(async () => {
    tries++;
    print(`try ${tries}: ${tries < 2 ? "the broker did not confirm it" : "confirmed"}`);
    if (tries < 2) throw new Error("no confirm");
  });
  print(`given, after ${tried} tries`);
}
