/** A broker that says to be another one, of another version: what a program does about a name can be tried without that broker. */
import { once } from "node:events";
import { type AddressInfo, createServer, connect as dial } from "node:net";
import { startBroker } from "../server.ts";
import { longstr } from "../wire/field.ts";
import { FRAME, FrameParser, writeFrame } from "../wire/frames.ts";
import { decodeMethod, encodeMethod } from "../wire/methods.ts";
import { Writer } from "../wire/writer.ts";

export interface PosingBroker {
  readonly url: string;
  close(): Promise<void>;
}

/** More than a broker's first frame may have. */
const FRAME_MAX = 1_000_000;

/** Starts an embedded broker behind a proxy that changes its name. Resolves when it listens. */
export async function startPosing(product: string, version: string): Promise<PosingBroker> {
  const broker = await startBroker();
  const proxy = createServer((client) => {
    const server = dial(broker.port, "127.0.0.1");
    client.on("error", () => {}).on("close", () => server.destroy());
    server.on("error", () => {}).on("close", () => client.destroy());
    client.pipe(server);
    const parser = new FrameParser(FRAME_MAX);
    const greet = (bytes: Buffer): void => {
      parser.push(bytes);
      const frame = parser.next();
      if (!frame) return;
      // The broker says nothing more before the client has answered.
      server.off("data", greet).pipe(client, { end: false });
      client.write(renamed(frame.payload, product, version));
    };
    server.on("data", greet);
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  return {
    url: `amqp://guest:guest@127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    async close() {
      proxy.close();
      await broker.close();
    },
  };
}

/** The broker's connection.start with another product and version in it. */
function renamed(payload: Buffer, product: string, version: string): Buffer {
  const method = decodeMethod(payload);
  if (method.name !== "connection.start") throw new Error(`a broker begins with ${method.name}`);
  const serverProperties = new Map(method.args.serverProperties)
    .set("product", longstr(product))
    .set("version", longstr(version));
  const writer = new Writer();
  writeFrame(writer, FRAME.method, 0, () =>
    encodeMethod(writer, "connection.start", { ...method.args, serverProperties }),
  );
  return writer.take();
}
