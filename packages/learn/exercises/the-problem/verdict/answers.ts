import type { Answers } from "@shirts/learn/answers";
import type { Area, Command, Shirt } from "@shirts/story";

type Verdict = Pick<typeof import("./given.ts"), "wrong">;
const of = (area: Area, commands: readonly Command[]) => commands.filter((one) => one.area === area);

export const answers: Answers<Verdict> = {
  right: {
    "it sorts": {
      wrong(area: Area, people: readonly Shirt[], commands: readonly Command[]) {
        const [newest] = of(area, commands).toSorted((a, b) => b.revision - a.revision);
        return people.filter((shirt) => shirt !== newest?.shirt).length;
      },
    },
    "it counts the right ones": {
      wrong(area: Area, people: readonly Shirt[], commands: readonly Command[]) {
        const highest = Math.max(...of(area, commands).map(({ revision }) => revision));
        const shirt = of(area, commands).find(({ revision }) => revision === highest)?.shirt;
        let right = 0;
        for (const one of people) if (one === shirt) right++;
        return people.length - right;
      },
    },
  },
  wrong: {
    "the first command of the list": {
      answer: {
        wrong(_: Area, people: readonly Shirt[], commands: readonly Command[]) {
          return people.filter((shirt) => shirt !== commands[0]?.shirt).length;
        },
      },
      says: /says 1 wrong, and it should say 2: two of three wear PURPLE/,
    },
    "the highest revision of all areas": {
      answer: {
        wrong(_: Area, people: readonly Shirt[], commands: readonly Command[]) {
          const [newest] = commands.toSorted((a, b) => b.revision - a.revision);
          return people.filter((shirt) => shirt !== newest?.shirt).length;
        },
      },
      says: /South America's commands say nothing/,
    },
    "revisions as words": {
      answer: {
        wrong(area: Area, people: readonly Shirt[], commands: readonly Command[]) {
          const [newest] = of(area, commands).toSorted((a, b) =>
            `${a.revision}` < `${b.revision}` ? 1 : -1,
          );
          return people.filter((shirt) => shirt !== newest?.shirt).length;
        },
      },
      says: /numbers, not words/,
    },
    "white does not count": {
      answer: {
        wrong(area: Area, people: readonly Shirt[], commands: readonly Command[]) {
          const [newest] = of(area, commands).toSorted((a, b) => b.revision - a.revision);
          return people.filter((shirt) => shirt !== "white" && shirt !== newest?.shirt).length;
        },
      },
      says: /still wears white/,
    },
    "always right": { answer: { wrong: () => 0 }, says: /says 0 wrong, and it should say 2/ },
    "it counts the right ones, and says so": {
      answer: {
        wrong(area: Area, people: readonly Shirt[], commands: readonly Command[]) {
          const [newest] = of(area, commands).toSorted((a, b) => b.revision - a.revision);
          return people.filter((shirt) => shirt === newest?.shirt).length;
        },
      },
      says: /says 1 wrong, and it should say 2/,
    },
  },
};
