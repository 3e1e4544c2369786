// `pnpm cluster`: three real RabbitMQ nodes on this machine, joined to one cluster, until Ctrl-C.

import { program, stopSignal } from "@shirts/command-line";
import { want } from "./choose.ts";
import { withServers } from "./foreground.ts";
import { HOW_TO_GET_NEWER } from "./newer.ts";
import { type RabbitMqNode, startRabbitCluster } from "./rabbitmq.ts";
import type { Server } from "./server.ts";

const SIZE = 3;

/** A cluster seen as one server; only its end is used here. */
function together(nodes: readonly RabbitMqNode[]): Server & { nodes: readonly RabbitMqNode[] } {
  const [first] = nodes;
  if (first === undefined) throw new Error("a cluster has nodes");
  const stop = async () => {
    for (const node of [...nodes].reverse()) await node.stop();
  };
  return { ...first, nodes, stop };
}

await program({
  name: "cluster",
  usage: `pnpm cluster    starts ${SIZE} RabbitMQ nodes in one cluster and prints how to reach them, until Ctrl-C

  --rabbitmq 4    this version of RabbitMQ, and not what this machine takes by itself. ${HOW_TO_GET_NEWER}
                  Only root can start that one.

Their data is gone afterwards.`,
  options: { rabbitmq: { type: "string" } },
  main({ rabbitmq }) {
    if (rabbitmq !== undefined) want("RabbitMQ", rabbitmq);
    console.log(`Starting a cluster of ${SIZE} RabbitMQ nodes (about 20 s) ...`);
    return withServers([async () => together(await startRabbitCluster(SIZE))], ([cluster]) => {
      const nodes = cluster?.nodes ?? [];
      for (const node of nodes) console.log(`${node.nodeName}   ${node.url}`);
      console.log(
        "Every node serves every queue, and a client that loses one goes on with the next. Until Ctrl-C.",
      );
      console.log(`  export AMQP_URL=${nodes.map(({ url }) => url).join(",")}`);
      return stopSignal();
    });
  },
});
