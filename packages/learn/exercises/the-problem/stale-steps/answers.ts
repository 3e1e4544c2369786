import type { Answers } from "@shirts/learn/answers";
import type { Event } from "./given.ts";

export const answers: Answers<Pick<typeof import("./given.ts"), "staleSteps">> = {
  right: {
    "it looks back at each step": {
      staleSteps(events: readonly Event[]) {
        return events.filter(
          ({ type, command }, i) =>
            type === "landed" &&
            events
              .slice(0, i)
              .some(
                (one) =>
                  one.type === "accepted" &&
                  one.command.area === command.area &&
                  one.command.revision > command.revision,
              ),
        ).length;
      },
    },
    "an object for each area": {
      staleSteps(events: readonly Event[]) {
        const newest: Record<string, number> = {};
        return events.reduce((count, { type, command: { area, revision } }) => {
          const known = newest[area] ?? revision;
          if (type === "accepted") newest[area] = Math.max(known, revision);
          return type === "landed" && known > revision ? count + 1 : count;
        }, 0);
      },
    },
  },
  wrong: {
    "every step of an older command is counted at the next one": {
      answer: {
        staleSteps: (events: readonly Event[]) =>
          events.filter((e, i) => e.type === "landed" && events[i + 1]?.type === "accepted").length,
      },
      says: /you count 1, and there are 2/,
    },
    "the areas are mixed up": {
      answer: {
        staleSteps(events: readonly Event[]) {
          let newest = 0;
          let stale = 0;
          for (const { type, command } of events) {
            if (type === "accepted") newest = Math.max(newest, command.revision);
            else if (command.revision < newest) stale++;
          }
          return stale;
        },
      },
      says: /no step in South America stale/,
    },
    "it compares shirts": {
      answer: {
        staleSteps(events: readonly Event[]) {
          const newest = new Map<string, string>();
          let stale = 0;
          for (const { type, command } of events) {
            if (type === "accepted") newest.set(command.area, command.shirt);
            else if (command.shirt !== newest.get(command.area)) stale++;
          }
          return stale;
        },
      },
      says: /the revision tells them apart/,
    },
    "the last accepted is the newest": {
      answer: {
        staleSteps(events: readonly Event[]) {
          const newest = new Map<string, number>();
          let stale = 0;
          for (const { type, command } of events) {
            if (type === "accepted") newest.set(command.area, command.revision);
            else if (command.revision < (newest.get(command.area) ?? 0)) stale++;
          }
          return stale;
        },
      },
      says: /also when it is told first/,
    },
    "also a step of the newest": {
      answer: {
        staleSteps: (events: readonly Event[]) =>
          events.filter(
            (e, i) => e.type === "landed" && events.slice(0, i).some((one) => one.command.revision > 1),
          ).length,
      },
      says: /there are 2: two steps of PURPLE/,
    },
    "always one": { answer: { staleSteps: () => 1 }, says: /you count 1, and there are 2/ },
  },
};
