import type { Answers } from "@shirts/learn/answers";

const first = (letter: string, n: number, other: string) => letter.repeat(n) + other.repeat(10 - n);

export const answers: Answers<{ readonly bar: string }> = {
  right: {
    "small letters": { bar: "bbbbpppppp" },
    "worked out": {
      bar: Array.from({ length: 10 }, (_, i) => (95 + 10 * (i + 1) > 30 * (i + 1) ? "B" : "P")).join(""),
    },
  },
  wrong: {
    "everybody in BLUE": {
      answer: { bar: first("B", 10, "") },
      says: /person 5: PURPLE.*150 ms.*BLUE at 145/,
    },
    "everybody in PURPLE": {
      answer: { bar: first("P", 10, "") },
      says: /person 1: PURPLE.*30 ms.*BLUE at 105/,
    },
    "the other way round": { answer: { bar: first("P", 4, "B") }, says: /person 1/ },
    halfway: { answer: { bar: first("B", 5, "P") }, says: /person 5/ },
    "one too early": { answer: { bar: first("B", 3, "P") }, says: /person 4: PURPLE.*120 ms.*BLUE at 135/ },
    "no bar": { answer: { bar: "" }, says: /10 letters.*yours has 0/ },
    "white in between": { answer: { bar: "BBBB.PPPPP" }, says: /person 5/ },
  },
};
