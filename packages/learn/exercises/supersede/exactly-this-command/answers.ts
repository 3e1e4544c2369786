import type { Answers } from "@shirts/learn/answers";
import type { Command } from "@shirts/story";
import type { Table } from "./given.ts";

export const answers: Answers<typeof import("./given.ts")> = {
  right: {
    "with then": {
      admits: (table: Table, { area, shirt, revision }: Command) =>
        table.acceptedShirt(area, revision).then((accepted) => accepted === shirt),
    },
    "step by step": {
      async admits(table: Table, command: Command) {
        if (command.revision > (await table.newest(command.area))) return false;
        const shirt = await table.acceptedShirt(command.area, command.revision);
        return shirt !== undefined && shirt === command.shirt;
      },
    },
  },
  wrong: {
    everything: { answer: { admits: async () => true }, says: /1000.*drops every real command/ },
    nothing: { answer: { admits: async () => false }, says: /BLUE 2.*should pass/ },
    "only the newest": {
      answer: {
        admits: async (table: Table, { area, revision }: Command) => revision === (await table.newest(area)),
      },
      says: /PURPLE 1.*should pass.*worker's matter/,
    },
    "not newer than the newest": {
      answer: {
        admits: async (table: Table, { area, revision }: Command) => revision <= (await table.newest(area)),
      },
      says: /revision 2 is BLUE in the table/,
    },
    "any shirt under this number": {
      answer: {
        admits: async (table: Table, { area, revision }: Command) =>
          (await table.acceptedShirt(area, revision)) !== undefined,
      },
      says: /another world/,
    },
    "a limit": {
      answer: { admits: async (_: Table, { revision }: Command) => revision < 100 },
      says: /another world/,
    },
    "it does not wait for the table": {
      answer: {
        admits: async (table: Table, { area, shirt, revision }: Command) =>
          (table.acceptedShirt(area, revision) as unknown) === shirt,
      },
      says: /BLUE 2.*should pass/,
    },
  },
};
