/** What an AMQP_URL means, and what is said of one that means nothing. Each good one is also connected with. */
import { once } from "node:events";
import { type AddressInfo, createServer, connect as dial } from "node:net";
import { startBroker } from "@shirts/broker";
import amqplib from "amqplib";
import { afterAll, expect, test } from "vitest";
import { parseAddresses } from "../src/address.ts";
import { AmqpError, connect } from "../src/index.ts";

const broker = await startBroker();
afterAll(() => broker.close());

const read = (url: string) => {
  const [{ target, text, user }] = parseAddresses(url);
  const { username, password, vhost, hostname, port } = target;
  return {
    username,
    password,
    vhost: decodeURIComponent(vhost ?? ""),
    at: `${hostname} ${port}`,
    text,
    user,
  };
};

test.each([
  ["as it is", "p-a_s.s~", "p-a_s.s~"],
  ["beyond ASCII, encoded", "p%C3%A4%E0%B8%A5%F0%9F%91%95", "päล👕"],
  ["beyond ASCII, bare", "päล👕", "päล👕"],
  ["with separators, encoded", "%40%2F%25%3A%3F%23%5B", "@/%:?#["],
  ["with a bare @ and a bare :", "p@s:s", "p@s:s"],
  ["with a comma", "a,b", "a,b"],
  ["with encoded signs that look encoded", "%2525", "%25"],
])("a password %s is read: %s", (_how, written, password) => {
  expect(read(`amqp://j%C3%B6rg:${written}@host/v`)).toEqual({
    ...{ username: "jörg", user: "jörg", password, vhost: "v", at: "host 5672" },
    text: 'broker at host:5672, vhost "v"',
  });
});

test.each([
  ["no vhost", "amqp://host", "/"],
  ["a slash at the end", "amqp://host/", "/"],
  ["a slash as vhost, encoded", "amqp://host/%2f", "/"],
  ["a slash as vhost, bare", "amqp://host//", "/"],
  ["a vhost with slashes", "amqp://host/a%2Fb%2fc", "a/b/c"],
  ["a vhost with bare slashes, the last one too", "amqp://host/a/b/", "a/b/"],
  ["a vhost that looks encoded", "amqp://host/%252F", "%2F"],
  ["a vhost of dots", "amqp://host/..", ".."],
  ["a vhost beyond ASCII", "amqp://host/%E0%B9%80%E0%B8%AA%E0%B8%B7%E0%B9%89%E0%B8%AD", "เสื้อ"],
  ["settings and no vhost", "amqp://host?heartbeat=5", "/"],
])("%s: %s", (_what, url, vhost) => {
  expect(read(url)).toMatchObject({ vhost, at: "host 5672", username: "guest", password: "guest" });
});

test.each([
  ["amqp://127.0.0.1:1234", "127.0.0.1 1234", "127.0.0.1:1234"],
  ["amqp://u:p@[::1]:1234/v", "::1 1234", "[::1]:1234"],
  ["amqp://[::1]", "::1 5672", "[::1]:5672"],
  ["AMQP://Host:", "Host 5672", "Host:5672"],
  ["amqps://host", "host 5671", "host:5671"],
])("%s is at %s", (url, at, text) => {
  expect(read(url)).toMatchObject({ at, text: expect.stringContaining(`broker at ${text}, `) });
  expect(parseAddresses(url)[0].target.protocol).toBe(url.startsWith("amqps") ? "amqps" : "amqp");
});

test("several addresses are read in their order, each with its own user", () => {
  const addresses = parseAddresses("amqp://a:x,y@one:1, amqps://b:z@[::1]:2/v ,amqp://three");
  expect(addresses.map(({ user, text }) => `${user} ${text}`)).toEqual([
    'a broker at one:1, vhost "/"',
    'b broker at [::1]:2, vhost "v"',
    'guest broker at three:5672, vhost "/"',
  ]);
  expect(addresses[0].target.password).toBe("x,y");
});

test("the settings of a URL reach amqplib, and a heartbeat is set without them", () => {
  expect(parseAddresses("amqp://host")[0].target).toMatchObject({ heartbeat: 10 });
  const url = "amqp://host/v?heartbeat=0&channelMax=4&frameMax=8192&locale=th_TH&connection_timeout=5";
  expect(parseAddresses(url)[0].target).toMatchObject({
    ...{ heartbeat: 0, channelMax: 4, frameMax: 8192, locale: "th_TH" },
  });
});

const SLASH = /has an "@" behind the host\. In user and password write \/ as %2F, \? as %3F and # as %23/;
const IPV6 = /has an IPv6 address without brackets: write \[::1\]/;

test.each([
  ["user:open-sesame@host", /is not a URL; it looks like amqp:/],
  ["amqp:user:open-sesame@host", /is not a URL/],
  ["http://user:open-sesame@host", /begins with "http:", not with "amqp:" or "amqps:"/],
  ["amqp://user:open/sesame@host", SLASH],
  ["amqp://user:12/open-sesame@host/v", SLASH],
  ["amqp://user:open?sesame@host", SLASH],
  ["amqp://user:open#sesame@host", SLASH],
  ["amqp://user:p@open/sesame@host", SLASH],
  ["amqp://user:p@host/open#sesame", /has a # behind the host: write it as %23/],
  ["amqp://user:open%sesame@host", /has a % in its password that stands for itself: write it as %25/],
  ["amqp://user:open-sesame%@host", /has a % in its password/],
  ["amqp://open%sesame:p@host", /has a % in its user/],
  ["amqp://host/open%sesame", /has a % in its vhost/],
  ["amqp://user:open-sesame%E4@host", /bytes in its password that are not UTF-8: write ä as %C3%A4/],
  ["amqp://user%3Aopen-sesame@host", /has no password, and a : or @ in its user/],
  ["amqp://user@open-sesame@host", /has no password, and a : or @ in its user/],
  ["amqp://user%3Aopen-sesame%40host", /has a percent sign in its host/],
  ["amqp://user:open sesame@host", /has a space or a line break in it: write a space as %20/],
  ["amqp://one:1\namqp://user:open-sesame@two", /has a space or a line break in it/],
  ["amqp://user:open-sesame@", /has no host/],
  ["amqp://user:open-sesame@:5672", /has no host/],
  ["amqp://user:open-sesame", /has a port that is no number from 1 to 65535/],
  ["amqp://user:open-sesame@host:0", /has a port/],
  ["amqp://user:open-sesame@host:65536", /has a port/],
  ["amqp://user:open-sesame@::1", IPV6],
  ["amqp://user:open-sesame@::1:5672", IPV6],
  ["amqp://user:open-sesame@fe80::1:5672", IPV6],
  ["amqp://user:open-sesame@[::1", /has a host that is no name and no address/],
  ["amqp://user:open-sesame@ho|st", /has a host that is no name and no address/],
  ["amqp://user:open-sesame@one,two:5672", /has a comma in its host: of several URLs each one begins/],
  ["amqp://user:p@host?heartbeat=open-sesame", /has a heartbeat that is no whole number from 0 to 65535/],
  ["amqp://user:p@host?channelMax=65536", /has a channelMax that is no whole number/],
  [`amqp://user:open-sesame@host/${"ä".repeat(128)}`, /has a vhost that does not fit into AMQP: 255 bytes/],
])("%j is one line that says what is wrong, without a piece of the password", async (url, line) => {
  const error = await connect(url).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(AmqpError);
  expect(error).toMatchObject({ kind: "invalid-url" });
  expect(error.message).toMatch(line);
  expect(`${error.stack}${JSON.stringify(error)}`).not.toMatch(/\n[^ ]|open|sesame/);
});

test("of several URLs the bad one is counted", () => {
  expect(() => parseAddresses("amqp://a,amqp://b:x/y@c")).toThrow(
    /^the broker's URL \(number 2 of 2\) has an "@"/,
  );
  expect(() => parseAddresses([])).toThrow(/no URL in the list/);
});

/** What a client sends to the broker first. The broker lets only guest in; what it got is what counts. */
async function sent(work: (port: number) => Promise<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const server = createServer((client) => {
    const onward = dial(broker.port, "127.0.0.1");
    client.on("data", (chunk) => chunks.push(chunk)).pipe(onward);
    onward.pipe(client);
    for (const socket of [client, onward]) socket.on("error", () => socket.destroy());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  await work((server.address() as AddressInfo).port);
  server.close();
  return Buffer.concat(chunks);
}

const STRANGE = "เสื้อ@/%:?";
const login = (port: number) => `amqp://j%C3%B6rg:${encodeURIComponent(STRANGE)}@127.0.0.1:${port}`;

test("user and password beyond ASCII reach the broker as UTF-8, and a refusal names the user alone", async () => {
  let refusal: unknown;
  const bytes = await sent(async (port) => {
    refusal = await connect(login(port)).catch((error) => error);
  });
  expect(bytes.includes(`\0jörg\0${STRANGE}`)).toBe(true);
  expect(refusal).toMatchObject({
    kind: "login-refused",
    message: expect.stringMatching(/"\/": wrong user or password for user "jörg"\.$/),
  });
});

test("planted: amqplib, given the URL itself, sends another user and another password", async () => {
  const bytes = await sent((port) => amqplib.connect(login(port)).catch((error) => error));
  expect(bytes.includes("\0jörg\0")).toBe(false);
});

const hasIpv6 = await new Promise<boolean>((resolve) => {
  const socket = dial(broker.port, "::1");
  socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
  socket.once("connect", () => socket.destroy());
});

test.for([
  "127.0.0.1:PORT",
  "localhost:PORT/",
  "guest:guest@localhost:PORT/%2F",
  "g%75est:%67uest@127.0.0.1:PORT//?heartbeat=3",
  "[::1]:PORT",
  "guest:guest@[::1]:PORT/%2f",
])("amqp://%s connects", async (place, { skip }) => {
  if (place.includes("[") && !hasIpv6) skip("this machine has no ::1");
  const rabbit = await connect(`amqp://${place.replace("PORT", String(broker.port))}`);
  await rabbit.declareQueue("q");
  await rabbit.close();
});
