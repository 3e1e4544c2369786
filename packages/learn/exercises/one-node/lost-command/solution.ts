/** It waits for the confirm, tries again when there is none, and says so when it gives up. */

/** Publishes, at most three times. Resolves with how many tries it took; throws when the third one fails, too. */
export async function give(publish: () => Promise<void>): Promise<number> {
  for (let tries = 1; ; tries++) {
    try {
      await publish();
      return tries;
    } catch (error) {
      if (tries === 3) throw error;
    }
  }
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
