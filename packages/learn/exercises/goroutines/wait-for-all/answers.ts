import { go, sleep, WaitGroup } from "@shirts/chan";
import type { Answers } from "@shirts/learn/answers";
import type { PaintAll } from "../painting.ts";

export const answers: Answers<{ paintAll: PaintAll }> = {
  right: {
    "Promise.all": {
      async paintAll(areas, paint, print) {
        await Promise.all(areas.map(paint));
        print("all are painted");
      },
    },
    "add, go and done": {
      async paintAll(areas, paint, print) {
        const group = new WaitGroup();
        group.add(areas.length);
        const one = async (area: string): Promise<void> => {
          await paint(area);
          group.done();
        };
        for (const area of areas) go(one, area);
        await group.wait();
        print("all are painted");
      },
    },
    "the calls first, then their promises": {
      async paintAll(areas, paint, print) {
        const promises = areas.map((area) => paint(area));
        for (const promise of promises) await promise;
        print("all are painted");
      },
    },
  },
  wrong: {
    "one sleep and four prints": {
      answer: {
        async paintAll(areas, _paint, print) {
          await sleep(1000);
          for (const area of areas) print(`${area} is painted`);
          print("all are painted");
        },
      },
      says: /nobody had begun to paint north/,
    },
    "a sleep that is long enough, in place of the wait": {
      answer: {
        async paintAll(areas, paint, print) {
          for (const area of areas) go(paint, area);
          await sleep(1001);
          print("all are painted");
        },
      },
      says: /took 1001 ms, and the longest of them takes 1000 ms/,
    },
    "one after the other": {
      answer: {
        async paintAll(areas, paint, print) {
          for (const area of areas) await paint(area);
          print("all are painted");
        },
      },
      says: /took 3000 ms, and the longest of them takes 1000 ms/,
    },
    "the wait is not awaited": {
      answer: {
        async paintAll(areas, paint, print) {
          const group = new WaitGroup();
          for (const area of areas) group.go(() => paint(area));
          void group.wait();
          print("all are painted");
        },
      },
      says: /nobody had begun/,
    },
    "it waits for the last one only": {
      answer: {
        async paintAll(areas, paint, print) {
          let last = Promise.resolve();
          for (const area of areas) last = paint(area);
          await last;
          print("all are painted");
        },
      },
      says: /while north was still being painted/,
    },
    "it waits for the first one that is back": {
      answer: {
        async paintAll(areas, paint, print) {
          await Promise.race(areas.map(paint));
          print("all are painted");
        },
      },
      says: /still being painted/,
    },
    "only three areas, and by name": {
      answer: {
        async paintAll(_areas, paint, print) {
          await Promise.all(["north", "south", "west"].map(paint));
          print("all are painted");
        },
      },
      says: /took|called|painted/,
    },
  },
};
