import type { Answers } from "@shirts/learn/answers";

export const answers: Answers<Pick<typeof import("./given.ts"), "lastSendAt">> = {
  right: {
    "it asks whether there is room": { lastSendAt: (n, cap) => (n > cap ? n - cap : 0) },
    "it plays the seconds": {
      lastSendAt(n, cap) {
        let [seconds, sent] = [0, Math.min(n, cap)];
        for (; sent < n; sent++) seconds++;
        return seconds;
      },
    },
  },
  wrong: {
    "a send never waits": {
      answer: { lastSendAt: () => 0 },
      says: /n 3, cap 0: you say 0 s, and it is 3 s/,
    },
    "a second for each value": {
      answer: { lastSendAt: (n) => n },
      says: /n 6, cap 2: you say 6 s, and it is 4 s/,
    },
    "below zero when there is more room than values": {
      answer: { lastSendAt: (n, cap) => n - cap },
      says: /n 2, cap 5: you say -3 s, and it is 0 s\. Sends that find room: 2; sends that wait for the receiver: 0/,
    },
    "the receiver makes room one earlier": {
      answer: { lastSendAt: (n, cap) => Math.max(0, n - cap - 1) },
      says: /n 3, cap 0: you say 2 s/,
    },
    "a buffer makes the receiver faster": {
      answer: { lastSendAt: (n, cap) => Math.ceil(n / (cap + 1)) },
      says: /n 6, cap 2: you say 2 s/,
    },
    "one with a buffer, all without": {
      answer: { lastSendAt: (n, cap) => (cap === 0 ? n : 0) },
      says: /n 6, cap 2: you say 0 s/,
    },
  },
};
