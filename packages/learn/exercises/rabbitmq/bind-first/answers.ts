import { sleep } from "@shirts/chan";
import type { Answers } from "@shirts/learn/answers";

export const answers: Answers<Pick<typeof import("./given.ts"), "follow">> = {
  right: {
    "it reads once more when the queue is bound": {
      async follow(read, changes, wear) {
        wear(await read());
        const queue = await changes.bind();
        wear(await read());
        for await (const colour of queue) wear(colour);
      },
    },
    "the read begins when the queue is bound": {
      async follow(read, changes, wear) {
        const queue = await changes.bind();
        await read().then(wear);
        for (let it = await queue.recv(); it[1]; it = await queue.recv()) wear(it[0]);
      },
    },
    "it reads at each change, and takes the word of the table": {
      async follow(read, changes, wear) {
        const queue = await changes.bind();
        wear(await read());
        for await (const _ of queue) wear(await read());
      },
    },
  },
  wrong: {
    "both at the same time": {
      answer: {
        async follow(read, changes, wear) {
          const [colour, queue] = await Promise.all([read(), changes.bind()]);
          wear(colour);
          for await (const next of queue) wear(next);
        },
      },
      says: /the colour became \w+ 15 ms after the worker began, and the worker wears/,
    },
    "the promise of the queue, and the read, and no wait for either": {
      answer: {
        async follow(read, changes, wear) {
          const colour = read();
          const queue = await changes.bind();
          for await (const next of queue) wear(next);
          wear(await colour);
        },
      },
      says: /wears \w+: what is published/,
    },
    "it reads twice, and then it listens": {
      answer: {
        async follow(read, changes, wear) {
          wear(await read());
          wear(await read());
          for await (const colour of await changes.bind()) wear(colour);
        },
      },
      says: /the colour became \w+ 35 ms after the worker began, and the worker wears/,
    },
    "it waits, and then it does the same": {
      answer: {
        async follow(read, changes, wear) {
          await sleep(10);
          wear(await read());
          for await (const colour of await changes.bind()) wear(colour);
        },
      },
      says: /wears \w+: what is published before its queue is bound does not come/,
    },
    "it never reads": {
      answer: {
        async follow(_read, changes, wear) {
          for await (const colour of await changes.bind()) wear(colour);
        },
      },
      says: /the colour was purple all day, and the worker wears nothing/,
    },
    "it never listens": {
      answer: {
        async follow(read, _changes, wear) {
          wear(await read());
        },
      },
      says: /the colour became \w+ 15 ms after the worker began, and the worker wears/,
    },
    "the old word comes last": {
      answer: {
        async follow(read, changes, wear) {
          const queue = await changes.bind();
          const [first, ok] = await queue.recv();
          if (ok) wear(first);
          wear("purple");
          wear(await read().then(() => "purple"));
        },
      },
      says: /wears (purple|nothing)/,
    },
    "the colour of today's run": {
      answer: { follow: async (_read, _changes, wear) => wear("blue") },
      says: /the colour was purple all day, and the worker wears blue/,
    },
    "the first change, and home": {
      answer: {
        async follow(read, changes, wear) {
          const queue = await changes.bind();
          wear(await read());
          const [colour, ok] = await queue.recv();
          if (ok) wear(colour);
        },
      },
      says: /, then \w+ .* the worker wears/,
    },
  },
};
