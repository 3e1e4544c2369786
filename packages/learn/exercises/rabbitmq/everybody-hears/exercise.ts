import { play } from "@shirts/basics/play";
import { go, sleep } from "@shirts/chan";
import { counted, exercise } from "@shirts/learn/exercise";
import { Fanout } from "../fanout.ts";

type Node = typeof import("./given.ts").node;

interface Case {
  readonly nodes: number;
  readonly news: readonly string[];
}

const cases: readonly Case[] = [
  { nodes: 3, news: ["BLUE", "GREEN", "RED"] },
  { nodes: 2, news: ["BLUE"] },
  { nodes: 12, news: ["RED", "RED", "BLUE", "PURPLE"] },
];

/** Starts the nodes, publishes the news, and resolves to what each of them heard. */
async function rehearse(node: Node, { nodes, news }: Case): Promise<ReadonlyMap<string, readonly string[]>> {
  const heard = new Map<string, string[]>();
  await play(async () => {
    const exchange = new Fanout<string>(1);
    for (let n = 1; n <= nodes; n++) {
      const lines: string[] = [];
      heard.set(`node ${n}`, lines);
      go(node, `node ${n}`, exchange, (line: string) => void lines.push(line));
    }
    await sleep(100);
    for (const text of news) exchange.publish(text);
    await sleep(100);
    exchange.close();
    await sleep(100);
  });
  return heard;
}

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
  run: async ({ node }, print) => {
    for (const lines of (await rehearse(node, { nodes: 3, news: ["BLUE", "GREEN", "RED"] })).values())
      for (const line of lines) print(line);
  },
  async complaint({ node }) {
    for (const it of cases) {
      const { nodes, news } = it;
      const heard = await rehearse(node, it);
      for (const [name, lines] of heard) {
        const wanted = news.map((text) => `${name} hears ${text}`);
        if (JSON.stringify(lines) === JSON.stringify(wanted)) continue;
        const all = [...heard.values()].flat().length;
        return `${counted(nodes, "node")} and ${news.length} of news: ${name} heard ${lines.length}, and all of them together ${all}. Each message of a queue goes to one consumer, so each node needs a queue of its own, for as long as it lives`;
      }
    }
    return undefined;
  },
});
