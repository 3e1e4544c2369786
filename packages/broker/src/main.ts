/** The broker as a process of its own; see `--help`. */
import { program, stopSignal, wholeNumber } from "@shirts/command-line";
import { startBroker } from "./server.ts";

const USAGE = `Usage: broker [--port 5672] [--host localhost] [--json] [--parent-pipe]

An embedded AMQP 0-9-1 broker for learning and tests. It keeps its queues in memory: they are gone when it ends.

  --port N       port to listen on, 0 for a free one (default 5672)
  --host H       loopback address to listen on (default localhost: 127.0.0.1 and ::1)
  --json         print one JSON line {"url", "port"} when it is ready
  --parent-pipe  end when standard input closes, so that it does not outlive the program that started it
  --help         print this`;

await program({
  name: "broker",
  usage: USAGE,
  options: {
    port: { type: "string", default: "5672" },
    host: { type: "string", default: "localhost" },
    json: { type: "boolean", default: false },
    "parent-pipe": { type: "boolean", default: false },
  },
  async main({ port, host, json, "parent-pipe": parentPipe }) {
    const stopped = stopSignal(parentPipe);
    const broker = await startBroker({
      port: wholeNumber("--port", port, 0, 65_535),
      host,
      onWarning: (text) => console.error(`broker: ${text}`),
    });
    console.log(
      json
        ? JSON.stringify({ url: broker.url, port: broker.port })
        : `broker: listening on ${broker.url} (memory only: its queues are gone when it ends; Ctrl-C ends it)`,
    );
    await stopped;
    await broker.close();
  },
});
