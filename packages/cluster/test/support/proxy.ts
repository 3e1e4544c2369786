/** A proxy between a client and a server, on which a client's bytes are held back from a moment on that the test knows. */
import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";

export interface Proxy {
  readonly url: string;
  /** Resolves when the marker has come, and is held back with all that follows on its connection. */
  readonly held: Promise<void>;
  /** Passes on what was held back, and holds nothing any more. */
  flow(): void;
  close(): void;
}

/** `marker` is what a client says at the moment that the test waits for. */
export async function openProxy(target: string, marker: string | Buffer): Promise<Proxy> {
  const { hostname, port } = new URL(target);
  const waiting: (() => void)[] = [];
  let isFlowing = false;
  let tellHeld = (): void => {};
  const held = new Promise<void>((resolve) => {
    tellHeld = resolve;
  });
  const server = createServer((client) => {
    const host = connect(Number(port), hostname);
    for (const socket of [client, host]) socket.on("error", () => socket.destroy());
    client.on("close", () => host.destroy());
    host.on("close", () => client.destroy());
    host.on("data", (bytes) => client.write(bytes));
    let isHeld = false;
    client.on("data", (bytes) => {
      isHeld ||= bytes.includes(marker);
      if (isFlowing || !isHeld) return host.write(bytes);
      waiting.push(() => host.write(bytes));
      tellHeld();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = new URL(target);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    held,
    flow() {
      isFlowing = true;
      for (const pass of waiting.splice(0)) pass();
    },
    close: () => server.close(),
  };
}
