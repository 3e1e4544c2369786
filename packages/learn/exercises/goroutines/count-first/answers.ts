import { go, WaitGroup } from "@shirts/chan";
import type { Answers } from "@shirts/learn/answers";
import type { PaintAll } from "../painting.ts";

export const answers: Answers<{ paintAll: PaintAll }> = {
  right: {
    "all are counted at once": {
      async paintAll(areas, paint, print) {
        const group = new WaitGroup();
        group.add(areas.length);
        for (const area of areas) go(() => paint(area).then(() => group.done()));
        await group.wait();
        print("all are painted");
      },
    },
    "group.go counts": {
      async paintAll(areas, paint, print) {
        const group = new WaitGroup();
        for (const area of areas) group.go(() => paint(area));
        await group.wait();
        print("all are painted");
      },
    },
    // On one thread the routine cannot begin between the two lines. In Go it can.
    "counted after go, and before any await": {
      async paintAll(areas, paint, print) {
        const group = new WaitGroup();
        for (const area of areas) {
          go(async () => {
            await paint(area);
            group.done();
          });
          group.add(1);
        }
        await group.wait();
        print("all are painted");
      },
    },
  },
  wrong: {
    "only the first one is counted": {
      answer: {
        async paintAll(areas, paint, print) {
          const group = new WaitGroup();
          group.add(1);
          for (const [n, area] of areas.entries()) {
            go(async () => {
              if (n > 0) group.add(1);
              await paint(area);
              group.done();
            });
          }
          await group.wait();
          print("all are painted");
        },
      },
      // With no area at all the one that was counted never comes back.
      says: /asleep .*; a group waits until it is zero/,
    },
    "counted twice": {
      answer: {
        async paintAll(areas, paint, print) {
          const group = new WaitGroup();
          for (const area of areas) {
            group.add(1);
            go(async () => {
              group.add(1);
              await paint(area);
              group.done();
            });
          }
          await group.wait();
          print("all are painted");
        },
      },
      says: /one done for each add/,
    },
    "done before the work": {
      answer: {
        async paintAll(areas, paint, print) {
          const group = new WaitGroup();
          for (const area of areas) {
            group.add(1);
            go(async () => {
              group.done();
              await paint(area);
            });
          }
          await group.wait();
          print("all are painted");
        },
      },
      says: /while north was still being painted/,
    },
    "the work is not awaited": {
      answer: {
        async paintAll(areas, paint, print) {
          const group = new WaitGroup();
          for (const area of areas) {
            group.add(1);
            go(() => {
              void paint(area);
              group.done();
            });
          }
          await group.wait();
          print("all are painted");
        },
      },
      says: /while north was still being painted/,
    },
    "Promise.all over go, which returns nothing": {
      answer: {
        async paintAll(areas, paint, print) {
          await Promise.all(areas.map((area) => go(paint, area)));
          print("all are painted");
        },
      },
      says: /still being painted/,
    },
    "a wait for each one": {
      answer: {
        async paintAll(areas, paint, print) {
          const group = new WaitGroup();
          for (const area of areas) {
            group.go(() => paint(area));
            await group.wait();
          }
          print("all are painted");
        },
      },
      says: /took 3000 ms/,
    },
  },
};
