/** Part 2 of the talk: RabbitMQ, and the two tailors. */
import { after } from "@shirts/chan";
import { fanIn } from "@shirts/fan-in/fan-in";
import { rabbitmq } from "@shirts/fan-in/rabbitmq";
import { rehearse } from "@shirts/fan-in/rehearsal";
import { withBroker } from "@shirts/fan-in/with-broker";
import { worker } from "@shirts/fan-in/worker";
import { BUSY_PACE, PACE, type Pace } from "@shirts/fan-in/workshop";
import type { Arrow, Bar, Mark, Scene } from "../scene.ts";

const QUEUE = "queue";
const EXCHANGE = "exchange";

/** Real AMQP on the embedded broker. Its program tells one event a line, in a forced order: the lines are the time. */
export async function orders(): Promise<Scene> {
  const lines: string[] = [];
  await withBroker(undefined, (url) => rabbitmq(url, (line) => lines.push(line)));
  // The first one names the broker: nothing has happened yet.
  lines.shift();
  const marks: Mark[] = [];
  const arrows: Arrow[] = [];
  for (const [i, line] of lines.entries()) {
    const atMs = (i + 1) * 100;
    const [, who = "", what = ""] = /^([\w ]+?):\s+(.*)$/.exec(line) ?? [];
    const arrow = (from: string, to: string, label: string): void => {
      arrows.push({ from, to, sentMs: atMs, arrivedMs: atMs, label });
    };
    if (who === "producer") arrow(who, QUEUE, "three orders");
    const order = /takes (order \d)/.exec(what)?.[1];
    if (order !== undefined) {
      arrow(QUEUE, who, "");
      const isAcked = what.includes("acks it");
      marks.push({
        lane: who,
        atMs,
        kind: isAcked ? "good" : "note",
        label: order.replace("order", "no."),
      });
    }
    if (what === "is gone") marks.push({ lane: who, atMs, kind: "bad", label: "is gone" });
    if (what.startsWith("hears")) arrow(EXCHANGE, who, what.replace("hears ", ""));
  }
  return {
    title: "A queue gives each message to one consumer, an exchange to every queue",
    alt: "A consumer that dies without an ack: its order goes to another one. A fan-out exchange: both nodes hear BLUE.",
    lanes: ["producer", QUEUE, "careless", "careful", EXCHANGE, "node 1", "node 2"],
    bars: [],
    marks,
    arrows,
  };
}

/** Lets a tailor sew twenty shirts under fake time. A shirt has the colour in which it was dyed. */
async function tailor(
  text: Pick<Scene, "title" | "alt">,
  work: Parameters<typeof rehearse>[0],
  pace: Pace,
): Promise<Scene> {
  const now = (): number => after(0).tryRecv()?.[0] ?? 0;
  const sewing = new Map<number, number>();
  const bars: Bar[] = [];
  const ends = new Map<number, number>();
  const { old, published } = await rehearse(
    (tools) =>
      work({
        ...tools,
        async sew(job, stop) {
          const fromMs = sewing.get(job.number);
          // Begun anew: the piece before it was dropped.
          if (fromMs !== undefined) bars.push({ lane: "dropped", fromMs, toMs: now(), kind: "wait" });
          sewing.set(job.number, now());
          await tools.sew(job, stop);
        },
        async deliver(result) {
          const toMs = now();
          ends.set(result.number, toMs);
          bars.push({
            lane: "tailor",
            fromMs: sewing.get(result.number) ?? toMs,
            toMs,
            kind: result.shirt,
          });
          await tools.deliver(result);
        },
      }),
    pace,
  );
  const endMs = Math.max(...ends.values());
  const commands = published.map(({ atMs, state }, i) => ({
    lane: "president",
    fromMs: atMs,
    toMs: published[i + 1]?.atMs ?? endMs,
    kind: state.shirt,
    label: state.shirt.toUpperCase(),
  }));
  const marks = old.map((n): Mark => ({ lane: "tailor", atMs: ends.get(n) ?? 0, kind: "bad", label: "" }));
  return {
    ...text,
    lanes: ["president", "tailor", ...(bars.some(({ lane }) => lane === "dropped") ? ["dropped"] : [])],
    bars: [...commands, ...bars],
    marks,
    arrows: [],
  };
}

export const polling = () =>
  tailor(
    {
      title: "The tailor looks at the table once a second: twelve shirts are old",
      alt: "Above, the colour that the president wants; below, twenty shirts in the colour that they got. After each change some are still in the earlier colour, with a cross.",
    },
    worker,
    PACE,
  );

export const listening = () =>
  tailor(
    {
      title: "One select: no shirt is old, and a half-sewn one is dropped",
      alt: "Twenty orders with the fan-in worker. At each change it drops the shirt in its hands and begins it again; each shirt has the colour that the president wants.",
    },
    fanIn,
    BUSY_PACE,
  );
