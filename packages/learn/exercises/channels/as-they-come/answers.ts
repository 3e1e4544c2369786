import { chan, go, sleep, WaitGroup } from "@shirts/chan";
import type { Answers } from "@shirts/learn/answers";

export const answers: Answers<Pick<typeof import("./given.ts"), "askAll">> = {
  right: {
    "each routine prints its own": {
      async askAll(areas, ask, print) {
        const group = new WaitGroup();
        for (const area of areas) group.go(async () => print(await ask(area)));
        await group.wait();
      },
    },
    "a chan with room for all, closed after the last": {
      async askAll(areas, ask, print) {
        const answers = chan<string>(areas.length);
        go(async () => {
          await Promise.all(areas.map(async (area) => answers.send(await ask(area))));
          answers.close();
        });
        for await (const answer of answers) print(answer);
      },
    },
    "Promise.all over what prints": {
      async askAll(areas, ask, print) {
        await Promise.all(areas.map((area) => ask(area).then(print)));
      },
    },
  },
  wrong: {
    "Promise.all, and then the prints": {
      answer: {
        async askAll(areas, ask, print) {
          for (const answer of await Promise.all(areas.map(ask))) print(answer);
        },
      },
      says: /"north answers" was printed when others had answered, too/,
    },
    "asked side by side, printed in the order of the list": {
      answer: {
        async askAll(areas, ask, print) {
          const promises = areas.map(ask);
          for (const promise of promises) print(await promise);
        },
      },
      says: /print each answer when it comes/,
    },
    "a range over a chan that nobody closes": {
      answer: {
        async askAll(areas, ask, print) {
          const answers = chan<string>();
          for (const area of areas) go(async () => await answers.send(await ask(area)));
          for await (const answer of answers) print(answer);
        },
      },
      says: /asleep .*; each area answers once, so count the answers/,
    },
    "one receive too few": {
      answer: {
        async askAll(areas, ask, print) {
          const answers = chan<string>();
          for (const area of areas) go(async () => await answers.send(await ask(area)));
          for (let n = 1; n < areas.length; n++) print((await answers.recv())[0] ?? "");
        },
      },
      says: /askAll returned after 2 of 3 answers/,
    },
    "three receives, whatever the list": {
      answer: {
        async askAll(areas, ask, print) {
          const answers = chan<string>();
          for (const area of areas) go(async () => await answers.send(await ask(area)));
          for (let n = 0; n < 3; n++) print((await answers.recv())[0] ?? "");
        },
      },
      says: /asleep/,
    },
    "only the first answer": {
      answer: {
        async askAll(areas, ask, print) {
          print(await Promise.race(areas.map(ask)));
        },
      },
      says: /askAll returned after 1 of 3/,
    },
    "it does not wait": {
      answer: {
        async askAll(areas, ask, print) {
          for (const area of areas) go(async () => print(await ask(area)));
        },
      },
      says: /askAll returned after 0 of 3/,
    },
    "a sleep that is long enough for three": {
      answer: {
        async askAll(areas, ask, print) {
          for (const area of areas) go(async () => print(await ask(area)));
          await sleep(3000);
          await sleep(0);
        },
      },
      says: /2 areas took 3000 ms, and the slowest of them answers after 40 ms/,
    },
  },
};
