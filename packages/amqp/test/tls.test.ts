/** amqps: a broker behind TLS, with a certificate that openssl makes for the test. Skipped where there is no openssl. */
import { execFile, execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, connect as dial } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer, type Server } from "node:tls";
import { promisify } from "node:util";
import { type RunningBroker, startBroker } from "@shirts/broker";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "shirts-tls-"));
const key = join(folder, "key.pem");
const cert = join(folder, "cert.pem");
afterAll(() => rmSync(folder, { recursive: true }));

/** A certificate for localhost that has signed itself. False where openssl is missing. */
function certify(): boolean {
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  const kind = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"];
  try {
    execFileSync("openssl", ["req", ...kind, "-keyout", key, "-out", cert, ...subject], { stdio: "pipe" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

const hasOpenssl = certify();

describe.skipIf(!hasOpenssl)(`amqps${hasOpenssl ? "" : ": openssl is not on this machine"}`, () => {
  let broker: RunningBroker;
  let server: Server;
  beforeAll(async () => {
    broker = await startBroker();
    server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (client) => {
      const onward = dial(broker.port, "127.0.0.1");
      client.pipe(onward).pipe(client);
      for (const socket of [client, onward]) socket.on("error", () => socket.destroy());
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterAll(async () => {
    server.close();
    await broker.close();
  });

  const urlAt = (host: string) => `amqps://guest:guest@${host}:${(server.address() as AddressInfo).port}/%2f`;

  test("a broker whose authority is trusted is connected with, under the name of its certificate alone", async () => {
    // Node reads the authorities that it trusts when it starts, so the client is a process of its own.
    const main = new URL("programs/connect.ts", import.meta.url).pathname;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--import", "tsx", main, urlAt("localhost"), urlAt("127.0.0.1")],
      { env: { ...process.env, NODE_EXTRA_CA_CERTS: cert } },
    );
    expect(stdout.split("\n")).toEqual([
      "@shirts/broker",
      expect.stringMatching(/"\/": its certificate is not trusted \(ERR_TLS_CERT_ALTNAME_INVALID: /),
      "",
    ]);
  });

  test("a broker whose authority is not trusted is one line that says how to trust it", async () => {
    const error = await connect(urlAt("localhost")).catch((thrown) => thrown);
    expect(error).toMatchObject({
      kind: "untrusted",
      message: expect.stringMatching(
        /"\/": its certificate is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT: self-signed certificate\)\. NODE_EXTRA_CA_CERTS names the file of its authority\.$/,
      ),
    });
  });
});
