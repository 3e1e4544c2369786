// Private RabbitMQ nodes: own ports, data folders, cookie and port mapper, so that nothing is shared with a RabbitMQ
// that the machine runs, and nothing is left of them afterwards. Everything listens on loopback only.

import { mkdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { chosen } from "./choose.ts";
import { findEpmd } from "./find.ts";
import { makeFolder, removeFolder } from "./folder.ts";
import { commandOf, type Installation, run } from "./installation.ts";
import { Managed } from "./managed.ts";
import { expectFree, freePorts } from "./ports.ts";
import type { Server } from "./server.ts";
import { started } from "./started.ts";

const START_LIMIT_MS = 120_000;
const KIND_MS = 15_000;
const PROBE_LIMIT_MS = 1000;

export interface RabbitMqNode extends Server {
  /** Erlang's name of the node, as `rabbitmqctl cluster_status` shows it. */
  readonly nodeName: string;
  readonly logFile: string;
  /** Runs `rabbitmqctl` on this node and resolves with its output; rejects when it fails. About 1.5 s a call. */
  ctl(...args: string[]): Promise<string>;
}

/** Nodes that can talk to each other: they share an installation, a folder, a cookie and a port mapper. */
class Family {
  readonly at: Installation;
  readonly folder: string;
  readonly #epmdPort: number;
  readonly #epmd: Managed;
  #members = 0;

  private constructor(at: Installation, epmdPort: number) {
    this.at = at;
    this.folder = makeFolder("rabbitmq", at);
    this.#epmdPort = epmdPort;
    writeFileSync(join(this.folder, ".erlang.cookie"), `SHIRTS${process.pid}${Date.now()}`, { mode: 0o400 });
    this.#epmd = new Managed({
      name: "epmd",
      ...commandOf(at, findEpmd(at), ["-address", "127.0.0.1", "-port", String(epmdPort)]),
      logFile: join(this.folder, "epmd.log"),
      ports: [epmdPort],
    });
  }

  static async start(): Promise<Family> {
    const at = await chosen("RabbitMQ");
    // Clear lines before anything is made.
    findEpmd(at);
    const [port = 0] = await freePorts(1);
    await expectFree("RabbitMQ", port);
    const family = new Family(at, port);
    await family.#epmd.serve(async () => (await answer(port, "")) !== undefined, 5000);
    return family;
  }

  /** The environment of everything in this family, without settings that the user's shell has for another RabbitMQ. */
  env(): NodeJS.ProcessEnv {
    const own = Object.entries(process.env).filter(([name]) => !/^(RABBITMQ|ERL)_/.test(name));
    return { ...Object.fromEntries(own), HOME: this.folder, ERL_EPMD_PORT: String(this.#epmdPort) };
  }

  join(): number {
    this.#members += 1;
    return this.#members;
  }

  /** The last member stops what all members share. */
  async leave(): Promise<void> {
    this.#members -= 1;
    if (this.#members > 0) return;
    await this.#epmd.stop("SIGTERM", 1000);
    removeFolder(this.folder);
  }
}

/**
 * What listens on the port answers to `greeting`, as far as it comes at once; "" for an empty greeting, which waits for no answer.
 * Undefined when nothing listens, or nothing comes.
 */
function answer(port: number, greeting: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1").setEncoding("latin1");
    const end = (said?: string) => {
      socket.destroy();
      resolve(said);
    };
    socket.setTimeout(PROBE_LIMIT_MS, () => end());
    socket.on("connect", () => (greeting === "" ? end("") : socket.write(greeting, "latin1")));
    socket.on("data", (said) => end(String(said)));
    socket.on("error", () => end());
    socket.on("close", () => end());
  });
}

/**
 * The version that this RabbitMQ node names in its first frame, in its server properties; undefined while it does not serve, also when
 * another one has taken its port. A node that nobody has named otherwise calls its cluster as itself.
 */
async function versionAt({ name, port }: Plan): Promise<string | undefined> {
  const said = (await answer(port, "AMQP\0\0\x09\x01")) ?? "";
  const [id] = name.split("@");
  return said.includes(`${id}@`) ? /versionS.{4}([\d.]+)/s.exec(said)?.[1] : undefined;
}

interface Plan {
  readonly name: string;
  readonly folder: string;
  readonly port: number;
  readonly distributionPort: number;
  /** The first node of the cluster to join; undefined for a node of its own. */
  readonly seed: string | undefined;
}

function writeConfig({ folder, seed }: Plan): void {
  mkdirSync(folder, { recursive: true });
  const lines = ["log.file.level = warning", "log.console = false"];
  if (seed !== undefined) {
    lines.push("cluster_formation.peer_discovery_backend = classic_config");
    lines.push(`cluster_formation.classic_config.nodes.1 = ${seed}`);
  }
  writeFileSync(join(folder, "rabbitmq.conf"), `${lines.join("\n")}\n`);
  writeFileSync(join(folder, "enabled_plugins"), "[].\n");
  writeFileSync(join(folder, "rabbitmq-env.conf"), "");
}

function nodeEnv({ name, folder, port, distributionPort }: Plan): NodeJS.ProcessEnv {
  return {
    RABBITMQ_NODENAME: name,
    RABBITMQ_NODE_IP_ADDRESS: "127.0.0.1",
    RABBITMQ_NODE_PORT: String(port),
    RABBITMQ_DIST_PORT: String(distributionPort),
    RABBITMQ_MNESIA_BASE: join(folder, "data"),
    RABBITMQ_LOG_BASE: join(folder, "log"),
    RABBITMQ_GENERATED_CONFIG_DIR: join(folder, "schema"),
    RABBITMQ_CONFIG_FILE: join(folder, "rabbitmq.conf"),
    RABBITMQ_CONF_ENV_FILE: join(folder, "rabbitmq-env.conf"),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, "enabled_plugins"),
    RABBITMQ_PID_FILE: join(folder, "pid"),
    // Distribution on loopback only; and idle schedulers sleep, since a small machine runs several nodes and the tests.
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS:
      "-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none",
    // The start script then becomes the server instead of waiting for it, so a signal reaches the server itself.
    RUNNING_UNDER_SYSTEMD: "true",
  };
}

async function startNode(family: Family, seed: string | undefined): Promise<RabbitMqNode> {
  const [port = 0, distributionPort = 0] = await freePorts(2);
  const folder = join(family.folder, `node-${family.join()}`);
  const plan: Plan = { name: `shirts${port}-${process.pid}@localhost`, folder, port, distributionPort, seed };
  writeConfig(plan);
  const env = { ...family.env(), ...nodeEnv(plan) };
  const logFile = join(folder, "server.log");
  const server = new Managed({
    name: "RabbitMQ",
    ...commandOf(family.at, "rabbitmq-server"),
    env,
    logFile,
    ports: [port, distributionPort],
  });
  let version = "";
  const isReady = async () => {
    version = (await versionAt(plan)) ?? "";
    return version !== "";
  };
  const restart = async () => {
    await server.kill();
    await server.serve(isReady, START_LIMIT_MS);
  };
  const stop = await started(restart, async () => {
    await server.stop("SIGTERM", KIND_MS);
    await family.leave();
  });
  return {
    version,
    url: `amqp://guest:guest@127.0.0.1:${port}`,
    port,
    nodeName: plan.name,
    logFile,
    ctl: (...args) => run(family.at, "rabbitmqctl", ["-n", plan.name, ...args], { env }),
    kill: () => server.kill(),
    restart,
    pause: () => server.signal("SIGSTOP"),
    resume: () => server.signal("SIGCONT"),
    stop,
  };
}

/** Starts one RabbitMQ node; resolves when it serves (2 to 5 s). Throws NotInstalledError when there is no RabbitMQ. */
export async function startRabbitMq(): Promise<RabbitMqNode> {
  return startNode(await Family.start(), undefined);
}

/**
 * Starts `size` RabbitMQ nodes on this machine, joined to one cluster; resolves when all serve. The first one founds
 * the cluster and the others join it, so it is also the one that must be back first after all were killed.
 */
export async function startRabbitCluster(size: number): Promise<RabbitMqNode[]> {
  const family = await Family.start();
  const first = await startNode(family, undefined);
  const others = Array.from({ length: size - 1 }, () => startNode(family, first.nodeName));
  const results = await Promise.allSettled(others);
  const nodes = [
    first,
    ...results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : [])),
  ];
  const failed = results.find((result) => result.status === "rejected");
  if (failed === undefined) return nodes;
  for (const node of nodes.reverse()) await node.stop();
  throw failed.reason;
}
