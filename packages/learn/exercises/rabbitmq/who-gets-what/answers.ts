import type { Answers } from "@shirts/learn/answers";

export const answers: Answers<Pick<typeof import("./given.ts"), "shares">> = {
  right: {
    "it asks whether there are enough": {
      shares: (orders, prefetch) =>
        orders > prefetch
          ? { careless: prefetch, careful: orders - prefetch }
          : { careless: orders, careful: 0 },
    },
    "it hands them out": {
      shares(orders, prefetch) {
        const got = { careless: 0, careful: 0 };
        for (let n = 0; n < orders; n++) got[got.careless < prefetch ? "careless" : "careful"]++;
        return got;
      },
    },
  },
  wrong: {
    "the chapter's numbers": {
      answer: { shares: () => ({ careless: 1, careful: 2 }) },
      says: /orders 6, prefetch 2: you say careless 1, careful 2, and it is careless 2, careful 4/,
    },
    "half each": {
      answer: { shares: (orders) => ({ careless: Math.ceil(orders / 2), careful: Math.floor(orders / 2) }) },
      says: /orders 3, prefetch 1: you say careless 2, careful 1, and it is careless 1, careful 2/,
    },
    "who does not ack gets nothing": {
      answer: { shares: (orders) => ({ careless: 0, careful: orders }) },
      says: /you say careless 0, careful 3/,
    },
    "the first one gets all": {
      answer: { shares: (orders) => ({ careless: orders, careful: 0 }) },
      says: /you say careless 3, careful 0/,
    },
    "everybody gets everything": {
      answer: { shares: (orders) => ({ careless: orders, careful: orders }) },
      says: /you say careless 3, careful 3/,
    },
    "less than nothing": {
      answer: { shares: (orders, prefetch) => ({ careless: prefetch, careful: orders - prefetch }) },
      says: /orders 4, prefetch 10: you say careless 10, careful -6, and it is careless 4, careful 0/,
    },
  },
};
