/**
 * Who answers at an address: a client's first words, and the broker's. So nobody takes one broker for another, or
 * waits for a server that is none.
 */
import { connect } from "node:net";
import { PROTOCOL_HEADER } from "../session/protocol-header.ts";
import { FrameParser } from "../wire/frames.ts";
import { decodeMethod } from "../wire/methods.ts";

/** A broker with its name and version; nobody; or a server that says nothing of AMQP 0-9-1 in time. */
export type Answer =
  | { readonly kind: "broker"; readonly product: string; readonly version: string }
  | { readonly kind: "nobody" }
  | { readonly kind: "other" };

/** More than a broker's first words may have. */
const FRAME_MAX = 1_000_000;

/** Asks who answers. Waits for `limitMs` milliseconds at most; never rejects. */
export function whoAnswers(host: string, port: number, limitMs = 3_000): Promise<Answer> {
  return new Promise((resolve) => {
    const parser = new FrameParser(FRAME_MAX);
    const socket = connect(port, host);
    let isConnected = false;
    const end = (answer: Answer): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => end({ kind: "other" }), limitMs);
    socket.once("connect", () => {
      isConnected = true;
      socket.write(PROTOCOL_HEADER);
    });
    socket.on("data", (chunk) => {
      const answer = firstWords(parser, chunk);
      if (answer) end(answer);
    });
    socket.on("error", () => end({ kind: isConnected ? "other" : "nobody" }));
    socket.on("close", () => end({ kind: isConnected ? "other" : "nobody" }));
  });
}

/** Undefined until the first frame is whole. */
function firstWords(parser: FrameParser, chunk: Buffer): Answer | undefined {
  try {
    parser.push(chunk);
    const frame = parser.next();
    if (!frame) return undefined;
    const method = decodeMethod(frame.payload);
    if (method.name !== "connection.start") return { kind: "other" };
    const text = (name: string) => String(method.args.serverProperties.get(name)?.value ?? "");
    return { kind: "broker", product: text("product"), version: text("version") };
  } catch {
    // Not a frame, or not a method: another protocol.
    return { kind: "other" };
  }
}
