import type { Answers } from "@shirts/learn/answers";
import type { Area, Command } from "@shirts/story";

type Memory = Map<Area, number>;
const known = (newest: Memory, { area }: Command) => newest.get(area) ?? 0;

export const answers: Answers<typeof import("./given.ts")> = {
  right: {
    "Math.max": {
      onJob(command: Command, newest: Memory) {
        const highest = Math.max(known(newest, command), command.revision);
        newest.set(command.area, highest);
        return command.revision === highest ? "do" : "drop";
      },
    },
    "a memory of its own shape": {
      onJob(command: Command, newest: Memory) {
        const isNewer = command.revision > known(newest, command);
        const isSame = command.revision === known(newest, command);
        if (isNewer) newest.set(command.area, command.revision);
        return isNewer || isSame ? "do" : "drop";
      },
    },
  },
  wrong: {
    "everything is dropped": {
      answer: { onJob: () => "drop" },
      says: /should be "do" and is "drop": each is newer/,
    },
    "the same is old, too": {
      answer: {
        onJob(command: Command, newest: Memory) {
          if (command.revision <= known(newest, command)) return "drop";
          newest.set(command.area, command.revision);
          return "do";
        },
      },
      says: /its work is not done, so it must not be dropped/,
    },
    "it forgets": {
      answer: {
        onJob(command: Command, newest: Memory) {
          const isOld = command.revision < known(newest, command);
          newest.set(command.area, command.revision);
          return isOld ? "drop" : "do";
        },
      },
      says: /must not make the node forget/,
    },
    "it remembers nothing": {
      answer: {
        onJob: (command: Command, newest: Memory) =>
          command.revision < known(newest, command) ? "drop" : "do",
      },
      says: /PURPLE comes back/,
    },
    "one memory for all areas": {
      answer: {
        onJob({ revision }: Command, newest: Memory) {
          if (revision < (newest.get("north-america") ?? 0)) return "drop";
          newest.set("north-america", revision);
          return "do";
        },
      },
      says: /each area has revisions of its own/,
    },
    "PURPLE is old": {
      answer: { onJob: ({ shirt }: Command) => (shirt === "purple" ? "drop" : "do") },
      says: /is "drop": each is newer/,
    },
    "a job that comes twice is dropped": {
      answer: {
        onJob(command: Command, newest: Memory) {
          if (newest.has(command.area) && known(newest, command) !== command.revision - 1) return "drop";
          newest.set(command.area, command.revision);
          return "do";
        },
      },
      says: /its work is not done/,
    },
  },
};
