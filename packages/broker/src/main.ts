/** The broker as a process of its own; see `--help`. */
import { parseArgs } from "node:util";
import { startBroker } from "./server.ts";

const HELP = `Usage: broker [--port 5672] [--host 127.0.0.1] [--json] [--parent-pipe]

An embedded AMQP 0-9-1 broker for learning and tests. It keeps its queues in memory: they are gone when it ends.

  --port N       port to listen on, 0 for a free one (default 5672)
  --host H       loopback address to listen on (default 127.0.0.1)
  --json         print one JSON line {"url", "port"} when it is ready
  --parent-pipe  end when standard input closes, so that it does not outlive the program that started it
  --help         print this`;

function flags() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: "string", default: "5672" },
        host: { type: "string", default: "127.0.0.1" },
        json: { type: "boolean", default: false },
        "parent-pipe": { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : -1;
    if (port < 0 || port > 65_535)
      throw new Error(`--port must be a number from 0 to 65535, not "${values.port}"`);
    return { ...values, port };
  } catch (error) {
    return fail(2, `${messageOf(error).split("\n")[0]} (try --help)`);
  }
}

async function main(): Promise<void> {
  const { port, host, json, "parent-pipe": parentPipe, help } = flags();
  if (help) return console.log(HELP);
  const broker = await startBroker({ port, host }).catch((error: unknown) => fail(1, reasonOf(error, port)));
  const stop = (): void => {
    broker.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  if (parentPipe) process.stdin.on("end", stop).on("error", stop).resume();
  if (json) console.log(JSON.stringify({ url: broker.url, port: broker.port }));
  else
    console.log(
      `broker: listening on ${broker.url} (memory only: its queues are gone when it ends; Ctrl-C ends it)`,
    );
}

function reasonOf(error: unknown, port: number): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE")
    return `port ${port} is taken, perhaps by another broker: choose another one with --port`;
  if (code === "EACCES") return `this user may not listen on port ${port}: choose one above 1023 with --port`;
  return messageOf(error);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function fail(code: number, line: string): never {
  console.error(`broker: ${line}`);
  process.exit(code);
}

await main();
