import type { Answers } from "@shirts/learn/answers";
import type { Area, Colour, Command } from "@shirts/story";
import type { Desk } from "./given.ts";

export const answers: Answers<typeof import("./given.ts")> = {
  right: {
    "with then": {
      give: ({ accept, publish }: Desk, area: Area, shirt: Colour) =>
        accept(area, shirt).then((command) => publish(command).then(() => command)),
    },
    "the command written out": {
      async give(desk: Desk, area: Area, shirt: Colour) {
        const { revision } = await desk.accept(area, shirt);
        const command: Command = { area, shirt, revision };
        await desk.publish(command);
        return command;
      },
    },
  },
  wrong: {
    "both at once": {
      answer: {
        async give({ newest, accept, publish }: Desk, area: Area, shirt: Colour) {
          const revision = (await newest(area)) + 1;
          const [command] = await Promise.all([accept(area, shirt), publish({ area, shirt, revision })]);
          return command;
        },
      },
      says: /the table has not accepted it|not in the queue/,
    },
    "accepted, and the number is guessed": {
      answer: {
        async give({ newest, accept, publish }: Desk, area: Area, shirt: Colour) {
          const revision = (await newest(area)) + 1;
          await accept(area, shirt);
          await publish({ area, shirt, revision });
          return { area, shirt, revision };
        },
      },
      says: /the table has not accepted it: it is refused as a stranger/,
    },
    "it does not wait for the row": {
      answer: {
        async give({ accept, publish }: Desk, area: Area, shirt: Colour) {
          const accepting = accept(area, shirt);
          await publish({ area, shirt, revision: 1 });
          return accepting;
        },
      },
      says: /not accepted it|not in the queue/,
    },
    "it does not wait for the confirm": {
      answer: {
        async give({ accept, publish }: Desk, area: Area, shirt: Colour) {
          const command = await accept(area, shirt);
          void publish(command);
          return command;
        },
      },
      says: /its job is not in the queue: nobody has asked the broker, or waited/,
    },
    "only the table": {
      answer: { give: ({ accept }: Desk, area: Area, shirt: Colour) => accept(area, shirt) },
      says: /not in the queue/,
    },
    "only the queue": {
      answer: {
        async give({ newest, publish }: Desk, area: Area, shirt: Colour) {
          const command: Command = { area, shirt, revision: (await newest(area)) + 1 };
          await publish(command);
          return command;
        },
      },
      says: /has not accepted it/,
    },
    "twice, to be sure": {
      answer: {
        async give({ accept, publish }: Desk, area: Area, shirt: Colour) {
          const command = await accept(area, shirt);
          await publish(command);
          await publish(command);
          return command;
        },
      },
      says: /published twice/,
    },
  },
};
