import { go, sleep } from "@shirts/chan";
import type { Answers } from "@shirts/learn/answers";

export const answers: Answers<Pick<typeof import("./given.ts"), "stopAll">> = {
  right: {
    "one last word for those who listen, then the close": {
      async stopAll(stop) {
        stop.trySend("stop");
        stop.close();
      },
    },
    "a routine closes": {
      async stopAll(stop) {
        go(() => stop.close());
      },
    },
  },
  wrong: {
    "three times": {
      answer: {
        async stopAll(stop) {
          for (let n = 0; n < 3; n++) await stop.send("stop");
        },
      },
      says: /3 of 7 workers stopped: a value goes to one receiver only/,
    },
    "to all who listen at this moment": {
      answer: {
        async stopAll(stop) {
          while (stop.trySend("stop"));
        },
      },
      says: /workers that came after the word: 1, and 0 of them stopped/,
    },
    "a hundred sends that wait for workers": {
      answer: {
        async stopAll(stop) {
          for (let n = 0; n < 100; n++) go(() => stop.send("stop"));
          await sleep(1);
          stop.close();
        },
      },
      says: /send on closed channel/,
    },
    "again and again, until nobody has come for a second": {
      answer: {
        async stopAll(stop) {
          for (let idle = 0; idle < 10; await sleep(100)) idle = stop.trySend("stop") ? 0 : idle + 1;
        },
      },
      says: /workers that came after the word: 1, and 0 of them stopped/,
    },
    "one send, and nobody waits for it": {
      answer: {
        async stopAll(stop) {
          stop.trySend("stop");
        },
      },
      says: /1 of 3 workers stopped/,
    },
    "it does nothing": {
      answer: { async stopAll() {} },
      says: /0 of 3 workers stopped/,
    },
  },
};
