import type { Answers } from "@shirts/learn/answers";

export const answers: Answers<Pick<typeof import("./given.ts"), "node">> = {
  right: {
    "a queue with the node's name": {
      async node(name, exchange, hear) {
        for await (const news of await exchange.bind(`news of ${name}`)) hear(`${name} hears ${news}`);
      },
    },
    "recv and ok": {
      async node(name, exchange, hear) {
        const queue = await exchange.bind();
        for (let it = await queue.recv(); it[1]; it = await queue.recv()) hear(`${name} hears ${it[0]}`);
      },
    },
  },
  wrong: {
    "another name, the same for all": {
      answer: {
        async node(name, exchange, hear) {
          for await (const news of await exchange.bind("news for everybody")) hear(`${name} hears ${news}`);
        },
      },
      says: /3 nodes and 3 of news: node 1 heard \d, and all of them together 3\. Each message of a queue goes to one/,
    },
    "the name's first word": {
      answer: {
        async node(name, exchange, hear) {
          for await (const news of await exchange.bind(name.split(" ")[0])) hear(`${name} hears ${news}`);
        },
      },
      says: /all of them together 3/,
    },
    "its last letter, which two nodes share": {
      answer: {
        async node(name, exchange, hear) {
          for await (const news of await exchange.bind(name.at(-1))) hear(`${name} hears ${news}`);
        },
      },
      says: /12 nodes and 4 of news: node 1 heard \d/,
    },
    "a new queue for each piece of news": {
      answer: {
        async node(name, exchange, hear) {
          for (;;) {
            const [news, ok] = await (await exchange.bind()).recv();
            if (!ok) return;
            hear(`${name} hears ${news}`);
          }
        },
      },
      says: /node 1 heard 1.* a queue of its own, for as long as it lives/,
    },
    "one piece of news": {
      answer: {
        async node(name, exchange, hear) {
          const [news] = await (await exchange.bind()).recv();
          hear(`${name} hears ${news}`);
        },
      },
      says: /node 1 heard 1/,
    },
    "two queues, and each piece of news twice": {
      answer: {
        async node(name, exchange, hear) {
          const queues = [await exchange.bind(), await exchange.bind()];
          await Promise.all(
            queues.map(async (queue) => {
              for await (const news of queue) hear(`${name} hears ${news}`);
            }),
          );
        },
      },
      says: /node 1 heard 6/,
    },
    "three colours, without listening": {
      answer: {
        async node(name, _exchange, hear) {
          for (const news of ["BLUE", "GREEN", "RED"]) hear(`${name} hears ${news}`);
        },
      },
      says: /2 nodes and 1 of news: node 1 heard 3/,
    },
  },
};
