import type { Answers } from "@shirts/learn/answers";
import type { Cancel, Command } from "@shirts/story";

const cancelFor = ({ area, revision }: Command, consumerId: string): Cancel => ({
  area,
  consumerId,
  revision,
});
/** `stops` compares the ages; the area is compared here. */
const by = (stops: (cancel: Cancel, running: Command, me: string) => boolean) => ({
  cancelFor,
  stopsFor: (cancel: Cancel, running: Command, me: string) =>
    cancel.area === running.area && stops(cancel, running, me),
});
const ageOf = ({ revision = 0 }: Cancel) => revision;

export const answers: Answers<typeof import("./given.ts")> = {
  right: {
    "it asks for the older one": by((cancel, running) => running.revision < ageOf(cancel)),
    "also the sender": by(
      (cancel, running, me) => cancel.consumerId !== me && ageOf(cancel) > running.revision,
    ),
    "the whole command is sent": {
      cancelFor: (command: Command, consumerId: string) => ({ ...command, consumerId }),
      stopsFor: (cancel: Cancel, running: Command) =>
        !(cancel.area !== running.area || ageOf(cancel) <= running.revision),
    },
  },
  wrong: {
    "it compares the shirt": {
      answer: {
        cancelFor: (command: Command, consumerId: string): Cancel => ({ ...command, consumerId }),
        stopsFor: (cancel: Cancel & { readonly shirt?: string }, running: Command, me: string) =>
          cancel.area === running.area && cancel.consumerId !== me && cancel.shirt !== running.shirt,
      },
      says: /n1 runs BLUE 2.*PURPLE 1. It stops: the sender's command is older/,
    },
    "only BLUE may stop somebody": {
      answer: {
        cancelFor: (command: Command, consumerId: string): Cancel => ({ ...command, consumerId }),
        stopsFor: (cancel: Cancel & { readonly shirt?: string }, running: Command) =>
          cancel.area === running.area && cancel.shirt === "blue" && running.shirt === "purple",
      },
      says: /wants PURPLE again/,
    },
    ">=": {
      answer: by((cancel, running) => ageOf(cancel) >= running.revision),
      says: /It stops: that is its own cancel/,
    },
    ">=, and another sender": {
      answer: by((cancel, running, me) => cancel.consumerId !== me && ageOf(cancel) >= running.revision),
      says: /2 is not newer than 2/,
    },
    "the older one wins": {
      answer: by((cancel, running) => ageOf(cancel) < running.revision),
      says: /goes on: a newer command is out/,
    },
    "no area": {
      answer: { cancelFor, stopsFor: (cancel: Cancel, running: Command) => ageOf(cancel) > running.revision },
      says: /another area/,
    },
    "the revision is not sent": {
      answer: {
        cancelFor: ({ area }: Command, consumerId: string): Cancel => ({ area, consumerId }),
        stopsFor: (cancel: Cancel, running: Command) =>
          cancel.area === running.area && ageOf(cancel) > running.revision,
      },
      says: /It goes on: a newer command is out/,
    },
    "revisions as words": {
      answer: by((cancel, running) => `${ageOf(cancel)}` > `${running.revision}`),
      says: /10 is newer than 9/,
    },
    "one more than mine": {
      answer: by((cancel, running) => ageOf(cancel) === running.revision + 1),
      says: /wants PURPLE again/,
    },
  },
};
