/** Users, passwords and vhosts that have to be encoded, on a real RabbitMQ of this test's own. Skipped where there is none. */
import { AmqpError, connect } from "@shirts/amqp";
import { freePorts, NotInstalledError, type RabbitMqNode, startRabbitMq } from "@shirts/servers";
import { afterAll, expect, test } from "vitest";
import { openBroker } from "../src/services/broker-service.ts";

const USER = "jörg";
const PASSWORD = "เสื้อ@/%:?#";
const VHOST = "shirts/blue";

async function startIfInstalled(): Promise<RabbitMqNode | undefined> {
  try {
    return await startRabbitMq();
  } catch (error) {
    if (error instanceof NotInstalledError && process.env.REQUIRE_SERVICES !== "1") return undefined;
    throw error;
  }
}

const node = await startIfInstalled();
afterAll(() => node?.stop());

const title = `encoded addresses on a real RabbitMQ${node ? "" : ": RabbitMQ is not on this machine"}`;
test.skipIf(!node)(title, async () => {
  if (!node) return;
  await node.ctl("add_user", USER, PASSWORD);
  await node.ctl("add_vhost", VHOST);
  await node.ctl("set_permissions", "-p", VHOST, USER, ".*", ".*", ".*");
  const login = `${encodeURIComponent(USER)}:${encodeURIComponent(PASSWORD)}`;
  const at = `127.0.0.1:${node.port}`;
  const nobody = `amqp://127.0.0.1:${(await freePorts(1))[0]}`;
  const good = {
    encoded: `amqp://${login}@${at}/${encodeURIComponent(VHOST)}`,
    bare: `amqp://${login}@${at}/shirts/blue`,
    second: `${nobody},amqp://${login}@${at}/shirts%2Fblue`,
  };
  for (const [queue, url] of Object.entries(good)) {
    const rabbit = await connect(url);
    await rabbit.declareQueue(queue);
    expect(rabbit.server.product).toBe("RabbitMQ");
    await rabbit.close();
  }
  const listed = await node.ctl("list_queues", "--quiet", "-p", VHOST, "name", "--no-table-headers");
  expect(listed.trim().split("\n").sort()).toEqual(Object.keys(good).sort());

  const { rabbit: found, about } = await openBroker([], { named: "", usual: node.url });
  await found.close();
  expect(about).toMatch(/^broker {2}RabbitMQ \d+\.\d+\.\d+, which answers on 127\.0\.0\.1:\d+$/);

  const refused = async (url: string): Promise<AmqpError> =>
    connect(url).then(
      () => expect.fail("it was let in"),
      (error) => (error instanceof AmqpError ? error : expect.fail(`${error}`)),
    );
  // planted: what amqplib sends for this URL is not what it says.
  const misread = unescape(encodeURIComponent(PASSWORD));
  expect(
    await refused(`amqp://${encodeURIComponent(USER)}:${encodeURIComponent(misread)}@${at}`),
  ).toMatchObject({
    kind: "login-refused",
    message: `broker at ${at}, vhost "/": wrong user or password for user "${USER}".`,
  });
  expect(await refused(`amqp://${login}@${at}/shirts/blue/`)).toMatchObject({
    kind: "vhost-refused",
    message: expect.stringContaining('vhost "shirts/blue/": no such vhost'),
  });
});
