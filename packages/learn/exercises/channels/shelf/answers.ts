import { chan, go, sleep } from "@shirts/chan";
import type { Answers } from "@shirts/learn/answers";

type Module = Pick<typeof import("./given.ts"), "workshop">;

function withRoomFor(cap: (shirts: number) => number): Module {
  return {
    async workshop(shirts, put, paint) {
      const shelf = chan<number>(cap(shirts));
      go(async () => {
        for (let shirt = 1; shirt <= shirts; shirt++) {
          await shelf.send(shirt);
          put(shirt);
        }
        shelf.close();
      });
      await sleep(1000);
      for await (const shirt of shelf) await paint(shirt);
    },
  };
}

export const answers: Answers<Module> = {
  right: {
    "the painter counts": {
      async workshop(shirts, put, paint) {
        const shelf = chan<number>(2);
        go(async () => {
          for (let shirt = 1; shirt <= shirts; shirt++) {
            await shelf.send(shirt);
            put(shirt);
          }
        });
        await sleep(1);
        for (let n = 0; n < shirts; n++) {
          const [shirt = 0] = await shelf.recv();
          await paint(shirt);
        }
      },
    },
    "two places are handed back and forth": {
      async workshop(shirts, put, paint) {
        const [places, sewn] = [chan<string>(3), chan<number>(3)];
        for (let n = 0; n < 2; n++) await places.send("a free place");
        go(async () => {
          for (let shirt = 1; shirt <= shirts; shirt++) {
            await places.recv();
            await sewn.send(shirt);
            put(shirt);
          }
          sewn.close();
        });
        await sleep(1000);
        for await (const shirt of sewn) {
          await places.send("a free place");
          await sleep(0);
          await paint(shirt);
        }
      },
    },
  },
  wrong: {
    "no shelf at all": {
      answer: withRoomFor(() => 0),
      says: /when shirt 1 of 6 was taken, 0 were left on the shelf, and it should be 2/,
    },
    "room for one": {
      answer: withRoomFor(() => 1),
      says: /when shirt 1 of 6 was taken, 1 was left on the shelf/,
    },
    "room for three": {
      answer: withRoomFor(() => 3),
      says: /when shirt 1 of 6 was taken, 3 were left on the shelf/,
    },
    "room for a third of them": {
      answer: withRoomFor((shirts) => Math.ceil(shirts / 3)),
      says: /when shirt 1 of 9 was taken, 3 were left/,
    },
    "they take turns": {
      answer: {
        async workshop(shirts, put, paint) {
          for (let shirt = 1; shirt <= shirts; shirt++) {
            put(shirt);
            await paint(shirt);
          }
        },
      },
      says: /when shirt 1 of 6 was taken, 0 were left/,
    },
    "a shirt that finds no room is thrown away": {
      answer: {
        async workshop(shirts, put, paint) {
          const shelf = chan<number>(2);
          for (let shirt = 1; shirt <= shirts; shirt++) if (shelf.trySend(shirt)) put(shirt);
          shelf.close();
          for await (const shirt of shelf) await paint(shirt);
        },
      },
      says: /the shirts that were taken: \[1,2\]/,
    },
    "the shelf stays open": {
      answer: {
        async workshop(shirts, put, paint) {
          const shelf = chan<number>(2);
          go(async () => {
            for (let shirt = 1; shirt <= shirts; shirt++) {
              await shelf.send(shirt);
              put(shirt);
            }
          });
          await sleep(1000);
          for await (const shirt of shelf) await paint(shirt);
        },
      },
      says: /asleep .*; the painter takes until the shelf is closed/,
    },
  },
};
