import type { Answers } from "@shirts/learn/answers";

type Publish = () => Promise<void>;

export const answers: Answers<Pick<typeof import("./given.ts"), "give">> = {
  right: {
    "it calls itself": {
      give: (publish: Publish) => {
        const attempt = (n: number): Promise<number> =>
          publish().then(
            () => n,
            (error: unknown) => (n < 3 ? attempt(n + 1) : Promise.reject(error)),
          );
        return attempt(1);
      },
    },
    "it remembers the error": {
      async give(publish: Publish) {
        let last: unknown;
        for (const n of [1, 2, 3]) {
          const isConfirmed = await publish().then(
            () => true,
            (error: unknown) => {
              last = error;
              return false;
            },
          );
          if (isConfirmed) return n;
        }
        throw new Error("given up", { cause: last });
      },
    },
  },
  wrong: {
    "it waits, and swallows the error": {
      answer: {
        async give(publish: Publish) {
          await publish().catch(() => {});
          return 1;
        },
      },
      says: /confirmed none of 1 tries, and `give` resolved/,
    },
    "it tries once": {
      answer: {
        async give(publish: Publish) {
          await publish();
          return 1;
        },
      },
      says: /confirms try 2, and `give` throws.*too early/,
    },
    "it publishes three times": {
      answer: {
        async give(publish: Publish) {
          for (let n = 0; n < 3; n++) await publish();
          return 1;
        },
      },
      says: /published 3 times.*get it twice/,
    },
    "all three at once": {
      answer: {
        async give(publish: Publish) {
          await Promise.any([publish(), publish(), publish()]);
          return 1;
        },
      },
      says: /resolved before that|get it twice/,
    },
    "it never gives up": {
      answer: {
        async give(publish: Publish) {
          for (let n = 1; n < 50; n++)
            if (await publish().then(...([() => true, () => false] as const))) return n;
          return 0;
        },
      },
      says: /never confirms/,
    },
    "it gives up, and says nothing": {
      answer: {
        async give(publish: Publish) {
          for (let n = 1; n <= 3; n++)
            if (await publish().then(...([() => true, () => false] as const))) return n;
          return 3;
        },
      },
      says: /`give` resolves: the president believes/,
    },
    "two tries": {
      answer: {
        async give(publish: Publish) {
          try {
            await publish();
            return 1;
          } catch {
            await publish();
            return 2;
          }
        },
      },
      says: /confirms try 3, and `give` throws.*after 2 tries/,
    },
  },
};
