import { receiving, type SendChan, select, sending, sleep, trySelect } from "@shirts/chan";
import type { Answers } from "@shirts/learn/answers";

export const answers: Answers<Pick<typeof import("./given.ts"), "tailor">> = {
  right: {
    "it counts what was taken": {
      async tailor(shirts, quit) {
        let taken = 0;
        while ((await select({ quit: receiving(quit), shirt: sending(shirts, taken + 1) })).case === "shirt")
          taken++;
        return taken;
      },
    },
    "it looks for quit first, then waits for both": {
      async tailor(shirts, quit) {
        for (let n = 1; ; n++) {
          if (trySelect({ quit: receiving(quit) }) !== undefined) return n - 1;
          const it = await select({ shirt: sending(shirts, n), quit: receiving(quit) });
          if (it.case === "quit") return n - 1;
        }
      },
    },
  },
  wrong: {
    "it asks for quit after the send": {
      answer: {
        async tailor(shirts, quit) {
          for (let n = 1; ; n++) {
            await shirts.send(n);
            if (quit.tryRecv() !== undefined) return n;
          }
        },
      },
      says: /asleep .*; quit was closed after 3 shirts, and the tailor still waits/,
    },
    "Promise.race": {
      answer: {
        async tailor(shirts, quit) {
          const quitted = quit.recv().then(() => true);
          for (let n = 1; ; n++) if (await Promise.race([shirts.send(n), quitted])) return n - 1;
        },
      },
      says: /shirt 4 still stands at the chan in its name/,
    },
    "it counts the one that it offered": {
      answer: {
        async tailor(shirts, quit) {
          for (let n = 1; ; n++) {
            const it = await select({ shirt: sending(shirts, n), quit: receiving(quit) });
            if (it.case === "quit") return n;
          }
        },
      },
      says: /3 shirts were taken, and the tailor says 4/,
    },
    "the offer is made once": {
      answer: {
        async tailor(shirts, quit) {
          const shirt = sending(shirts as SendChan<number>, 1);
          for (let n = 1; ; n++) {
            const it = await select({ shirt, quit: receiving(quit) });
            if (it.case === "quit") return n - 1;
          }
        },
      },
      says: /the shirts that a customer of 3 got: \[1,1,1\]/,
    },
    "ten shirts, as in the chapter": {
      answer: {
        async tailor(shirts, quit) {
          for (let n = 1; n <= 10; n++) await shirts.send(n);
          await quit.recv();
          return 10;
        },
      },
      says: /asleep .*; quit was closed after 3 shirts/,
    },
    "it waits for quit, then it says three": {
      answer: {
        async tailor(_shirts, quit) {
          await quit.recv();
          return 3;
        },
      },
      says: /asleep/,
    },
    "it is generous": {
      answer: {
        async tailor(shirts, quit) {
          for (let n = 1; ; n++) {
            const it = await select({ shirt: sending(shirts, n), quit: receiving(quit) });
            if (it.case === "shirt") continue;
            await sleep(10);
            return n + 1;
          }
        },
      },
      says: /the tailor says 5/,
    },
  },
};
