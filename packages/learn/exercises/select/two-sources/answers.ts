import { merge, type RecvChan, receiving, select } from "@shirts/chan";
import type { Print } from "@shirts/learn";
import type { Answers } from "@shirts/learn/answers";

type Source = RecvChan<string>;

export const answers: Answers<Pick<typeof import("./given.ts"), "empty">> = {
  right: {
    "a merged chan": {
      async empty(purple: Source, blue: Source, print: Print) {
        for await (const shirt of merge(purple, blue)) print(shirt);
        print("both are closed");
      },
    },
    "a routine for each source": {
      async empty(purple: Source, blue: Source, print: Print) {
        const all = [purple, blue].map(async (source) => {
          for await (const shirt of source) print(shirt);
        });
        await Promise.all(all);
        print("both are closed");
      },
    },
  },
  wrong: {
    "no case is ever switched off": {
      answer: {
        async empty(purple: Source, blue: Source, print: Print) {
          for (let closed = 0; closed < 2; ) {
            const it = await select({ purple: receiving(purple), blue: receiving(blue) });
            if (it.ok) print(it.value);
            else closed++;
          }
          print("both are closed");
        },
      },
      says: /B2 and B3 stayed behind: the loop ended before both/,
    },
    "one source after the other": {
      answer: {
        async empty(purple: Source, blue: Source, print: Print) {
          for await (const shirt of purple) print(shirt);
          for await (const shirt of blue) print(shirt);
          print("both are closed");
        },
      },
      says: /printed in another: printed/,
    },
    "the shirts are kept until the end": {
      answer: {
        async empty(purple: Source, blue: Source, print: Print) {
          const shirts: string[] = [];
          for await (const shirt of blue) shirts.push(shirt);
          for await (const shirt of purple) shirts.push(shirt);
          for (const shirt of shirts.sort()) print(shirt);
          print("both are closed");
        },
      },
      says: /printed in another: printed/,
    },
    "it prints four names": {
      answer: {
        async empty(_purple: Source, _blue: Source, print: Print) {
          for (const shirt of ["P1", "B1", "B2", "B3", "both are closed"]) print(shirt);
        },
      },
      says: /in another|stayed behind|the lines/,
    },
    "only purple is switched off": {
      answer: {
        async empty(purple: Source, blue: Source, print: Print) {
          for (let [isPurple, isBlue] = [true, true]; isPurple || isBlue; ) {
            const it = await select({ purple: isPurple && receiving(purple), blue: receiving(blue) });
            if (it.ok) print(it.value);
            else if (it.case === "purple") isPurple = false;
            else isBlue = isPurple;
          }
          print("both are closed");
        },
      },
      says: /a loop never waits.*; a closed chan is always ready, so its case wins again and again/,
    },
    "no case is switched off, and each must be closed": {
      answer: {
        async empty(purple: Source, blue: Source, print: Print) {
          for (const closed = new Set<string>(); closed.size < 2; ) {
            const it = await select({ purple: receiving(purple), blue: receiving(blue) });
            if (it.ok) print(it.value);
            else closed.add(it.case);
          }
          print("both are closed");
        },
      },
      says: /a closed chan is always ready, so its case wins again and again/,
    },
    "all cases are off": {
      answer: {
        async empty() {
          await select({ purple: false, blue: false });
        },
      },
      says: /asleep .*; it waits although/,
    },
  },
};
