import type { Answers } from "@shirts/learn/answers";
import type { Outbox } from "./given.ts";

export const answers: Answers<typeof import("./given.ts")> = {
  right: {
    "one, and ask again": {
      async relay({ unconfirmed, publish, confirm }: Outbox) {
        for (let [next] = await unconfirmed(); next; [next] = await unconfirmed()) {
          await publish(next);
          await confirm(next);
        }
      },
    },
    "all jobs, then all notes": {
      async relay({ unconfirmed, publish, confirm }: Outbox) {
        const owed = await unconfirmed();
        for (const command of owed) await publish(command);
        for (const command of owed) await confirm(command);
      },
    },
    "it ends at the first that is refused": {
      async relay({ unconfirmed, publish, confirm }: Outbox) {
        for (const command of await unconfirmed()) {
          const isTaken = await publish(command).then(...([() => true, () => false] as const));
          if (!isTaken) return;
          await confirm(command);
        }
      },
    },
  },
  wrong: {
    "it does not wait for the broker": {
      answer: {
        async relay({ unconfirmed, publish, confirm }: Outbox) {
          for (const command of await unconfirmed()) {
            void publish(command).catch(() => {});
            await confirm(command);
          }
        },
      },
      says: /noted as confirmed, and the broker does not have it|is confirmed, and published again/,
    },
    "it notes what was refused": {
      answer: {
        async relay({ unconfirmed, publish, confirm }: Outbox) {
          for (const command of await unconfirmed()) {
            await publish(command).catch(() => {});
            await confirm(command);
          }
        },
      },
      says: /refuses publish 1 once: PURPLE 1 is noted as confirmed, and the broker does not have it/,
    },
    "it never notes": {
      answer: {
        async relay({ unconfirmed, publish }: Outbox) {
          for (const command of await unconfirmed()) await publish(command);
        },
      },
      says: /never noted as confirmed: every relay sends it again/,
    },
    "the newest first": {
      answer: {
        async relay({ unconfirmed, publish, confirm }: Outbox) {
          for (const command of (await unconfirmed()).toReversed()) {
            await publish(command);
            await confirm(command);
          }
        },
      },
      says: /BLUE 2 is sent before PURPLE 1, which is older/,
    },
    "only the newest": {
      answer: {
        async relay({ unconfirmed, publish, confirm }: Outbox) {
          const newest = (await unconfirmed()).at(-1);
          if (newest) await publish(newest).then(() => confirm(newest));
        },
      },
      says: /PURPLE 1, which is older|never published/,
    },
    "one for each round of three": {
      answer: {
        async relay({ publish }: Outbox) {
          await publish({ area: "north-america", shirt: "blue", revision: 2 });
        },
      },
      says: /never published/,
    },
    nothing: { answer: { relay: async () => {} }, says: /PURPLE 1 is never published/ },
    "twice, to be sure": {
      answer: {
        async relay({ unconfirmed, publish, confirm }: Outbox) {
          for (const command of await unconfirmed()) {
            await publish(command);
            await publish(command);
            await confirm(command);
          }
        },
      },
      says: /6 jobs are published for 3 commands/,
    },
  },
};
