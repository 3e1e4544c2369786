import { play } from "@shirts/basics/play";
import { sleep, WaitGroup } from "@shirts/chan";
import { counted, exercise } from "@shirts/learn/exercise";
import { Fanout } from "../fanout.ts";

const cases = [
  { nodes: 3, news: ["BLUE", "GREEN", "RED"] },
  { nodes: 2, news: ["BLUE"] },
  { nodes: 12, news: ["RED", "RED", "BLUE", "PURPLE"] },
];

export const everybodyHears = exercise({
  task: `A fan-out exchange should tell each piece of news to each node. With three nodes, each hears a third.
Let every node hear everything. Change what stands in two brackets.`,
  law: "each node hears each piece of news once and in order, however many nodes there are",
  hints: [
    'All nodes bind the queue "news". How many queues are there?',
    "Each message of a queue goes to one of its consumers. Each queue of an exchange gets a copy.",
    "`bind()` without a name makes a queue of your own.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  async complaint({ node }) {
    for (const { nodes, news } of cases) {
      const names = Array.from({ length: nodes }, (_, i) => `node ${i + 1}`);
      const heard = new Map<string, string[]>(names.map((name) => [name, []]));
      await play(async () => {
        const exchange = new Fanout<string>(1);
        const group = new WaitGroup();
        for (const name of names) group.go(() => node(name, exchange, (line) => heard.get(name)?.push(line)));
        await sleep(100);
        for (const text of news) exchange.publish(text);
        await sleep(100);
        exchange.close();
        await sleep(100);
      });
      for (const name of names) {
        const wanted = news.map((text) => `${name} hears ${text}`);
        const lines = heard.get(name) ?? [];
        if (JSON.stringify(lines) === JSON.stringify(wanted)) continue;
        const all = [...heard.values()].flat().length;
        return `${counted(nodes, "node")} and ${news.length} of news: ${name} heard ${lines.length}, and all of them together ${all}. Each message of a queue goes to one consumer, so each node needs a queue of its own, for as long as it lives`;
      }
    }
    return undefined;
  },
});
