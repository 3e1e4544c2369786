import type { Answers } from "@shirts/learn/answers";
import type { Cancel, Command } from "@shirts/story";

export const answers: Answers<typeof import("./given.ts")> = {
  right: {
    "in one line": {
      stopsFor: (cancel: Cancel, running: Command | undefined, me: string) =>
        cancel.area === running?.area && cancel.consumerId !== me,
    },
    "step by step": {
      stopsFor(cancel: Cancel, running: Command | undefined, me: string) {
        if (!running) return false;
        if (running.area !== cancel.area) return false;
        return !(me === cancel.consumerId);
      },
    },
  },
  wrong: {
    always: { answer: { stopsFor: () => true }, says: /n1 hears n1's cancel.*stops: that is its own/ },
    never: { answer: { stopsFor: () => false }, says: /goes on: another node has a job/ },
    "every other node's": {
      answer: { stopsFor: (cancel: Cancel, _: Command | undefined, me: string) => cancel.consumerId !== me },
      says: /for another area/,
    },
    "only its own": {
      answer: {
        stopsFor: (cancel: Cancel, running: Command | undefined, me: string) =>
          cancel.area === running?.area && cancel.consumerId === me,
      },
      says: /goes on: another node/,
    },
    "n1's name": {
      answer: {
        stopsFor: (cancel: Cancel, running: Command | undefined) =>
          cancel.area === running?.area && cancel.consumerId === "n2",
      },
      says: /two nodes/,
    },
    "the beginning of a name": {
      answer: {
        stopsFor: (cancel: Cancel, running: Command | undefined, me: string) =>
          cancel.area === running?.area && !me.startsWith(cancel.consumerId),
      },
      says: /two nodes/,
    },
    ...Object.fromEntries(
      (["startsWith", "endsWith", "includes"] as const).map((part) => [
        `the sender's name ${part} its own`,
        {
          answer: {
            stopsFor: (cancel: Cancel, running: Command | undefined, me: string) =>
              cancel.area === running?.area && !cancel.consumerId[part](me),
          },
          says: /two nodes, though the one name is a part of the other/,
        },
      ]),
    ),
    "the end of a name": {
      answer: {
        stopsFor: (cancel: Cancel, running: Command | undefined, me: string) =>
          cancel.area === running?.area && !me.endsWith(cancel.consumerId),
      },
      says: /amq.gen-7 hears 7's cancel/,
    },
    "also when it does nothing": {
      answer: {
        stopsFor: (cancel: Cancel, running: Command | undefined, me: string) =>
          cancel.consumerId !== me && (running === undefined || running.area === cancel.area),
      },
      says: /nothing to stop/,
    },
  },
};
