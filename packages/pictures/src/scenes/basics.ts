/** Part 1 of the talk: what routines and chans do. */
import { chan, go, receiving, select, sleep, WaitGroup } from "@shirts/chan";
import { type Recorder, record } from "../record.ts";
import type { Scene } from "../scene.ts";

const MARCHES = ["a", "b", "c"];

/** Three soldiers march, one after the other and then side by side. Both begin at 0, so each has a recording of its own. */
export async function goroutines(): Promise<Scene> {
  const title = "Three marches of one second: in turn, and side by side";
  const alt =
    "Awaited one after the other, three marches take three seconds. Started with go, all three end after one second.";
  const inTurn = await record({ title, alt, lanes: ["main", ...MARCHES] }, async (it) => {
    for (const name of MARCHES) await it.work(name, sleep(1000), "purple", "march");
    it.mark("main", "note", "all are back");
  });
  const lanes = ["go: main", ...MARCHES.map((name) => `go: ${name}`)];
  const sideBySide = await record({ title, alt, lanes }, async (it) => {
    const group = new WaitGroup();
    for (const name of MARCHES) group.go(() => it.work(`go: ${name}`, sleep(1000), "purple", "march"));
    await it.wait("go: main", "wait", group.wait());
    it.mark("go: main", "note", "all are back");
  });
  return {
    ...inTurn,
    lanes: [...inTurn.lanes, ...sideBySide.lanes],
    bars: [...inTurn.bars, ...sideBySide.bars],
    marks: [...inTurn.marks, ...sideBySide.marks],
  };
}

/** A tailor who is quick and a painter who is slow, with `cap` places between them. */
async function tube(it: Recorder, cap: number): Promise<void> {
  const shelf = chan<number>(cap);
  const laid: Record<number, number> = {};
  go(async () => {
    for (let n = 1; n <= 5; n++) {
      await it.work("tailor", sleep(100), "work", `sew ${n}`);
      await it.wait("tailor", "waits", shelf.send(n));
      laid[n] = it.now();
    }
    shelf.close();
  });
  /** Until when each place is taken. */
  const takenMs = Array.from({ length: cap }, () => 0);
  for await (const n of shelf) {
    // The sender goes on first, and then it is known since when the shirt has lain there.
    await sleep(0);
    const [fromMs, toMs] = [laid[n] ?? it.now(), it.now()];
    const place = fromMs < toMs ? takenMs.findIndex((until) => until <= fromMs) : -1;
    const lane = place < 0 ? "tailor" : `place ${place + 1}`;
    if (place >= 0) {
      it.bars.push({ lane, fromMs, toMs, kind: "blue", label: `${n}` });
      takenMs[place] = toMs;
    }
    it.arrow(lane, "painter", "");
    await it.work("painter", sleep(300), "purple", `paint ${n}`);
  }
}

export const channels = () =>
  record(
    {
      title: "A chan without a buffer: the sender waits for the receiver",
      alt: "The tailor sews a shirt in 100 ms and then waits, hollow, until the painter takes it. The painter needs 300 ms for each.",
      lanes: ["tailor", "painter"],
    },
    (it) => tube(it, 0),
  );

export const buffered = () =>
  record(
    {
      title: "chan(2): two shirts may lie between them",
      alt: "With two places in the chan the tailor is two shirts ahead before he has to wait for the painter.",
      lanes: ["tailor", "place 1", "place 2", "painter"],
    },
    (it) => tube(it, 2),
  );

export const close = () =>
  record(
    {
      title: "Close is the last word of the sender",
      alt: "Three senders. A routine waits until all of them are done and then closes; the receiver's range ends by itself.",
      lanes: ["north", "south", "closer", "main"],
    },
    async (it) => {
      const reports = chan<string>();
      const areas = new WaitGroup();
      const area = (name: string, ms: number) =>
        areas.go(async () => {
          for (let n = 0; n < 2; n++) {
            await it.work(name, sleep(ms), "work", "march");
            await reports.send(name);
            it.arrow(name, "main", "report");
          }
        });
      area("north", 100);
      area("south", 300);
      go(async () => {
        await it.wait("closer", "areas.wait()", areas.wait());
        reports.close();
        it.mark("closer", "good", "close");
      });
      for (;;) {
        const [, ok] = await it.wait("main", "range", reports.recv());
        if (!ok) break;
      }
      it.mark("main", "note", "the range ends");
    },
  );

/** Shirts of two sources, for a receiver that asks `next` for each. */
async function twoSources(
  it: Recorder,
  next: (asked: number) => Promise<string | undefined>,
  send: Sends,
): Promise<void> {
  go(async () => {
    for (const [n, source] of (["purple", "blue", "purple", "blue"] as const).entries()) {
      await sleep(100);
      send(source, `${source === "purple" ? "P" : "B"}${n + 1}`);
    }
  });
  for (let asked = 1; asked <= 4; asked++) {
    const got = await it.wait("receiver", "", Promise.race([next(asked), sleep(450)]));
    if (got === undefined) break;
    it.mark("receiver", "good", `${got}`);
  }
}
type Sends = (source: "purple" | "blue", shirt: string) => void;

export const promiseRace = () =>
  record(
    {
      title: "Promise.race: the loser has asked, and takes a shirt that nobody gets",
      alt: "Each race asks both chans. The recv that loses stays and swallows the next shirt of its chan: B2 is taken and gone.",
      lanes: ["purple", "receiver", "forgotten recv", "blue"],
    },
    async (it) => {
      const [purple, blue] = [chan<string>(), chan<string>()];
      let round = 0;
      const ask = (asked: number, source: typeof purple, name: "purple" | "blue") => async () => {
        const [shirt] = await source.recv();
        const isInTime = asked === round;
        it.arrow(name, isInTime ? "receiver" : "forgotten recv", "", !isInTime);
        if (!isInTime) it.mark("forgotten recv", "bad", `${shirt} is gone`);
        return shirt;
      };
      await twoSources(
        it,
        async (asked) => {
          round = asked;
          const got = await Promise.race([ask(asked, purple, "purple")(), ask(asked, blue, "blue")()]);
          round = 0;
          return got;
        },
        (source, shirt) => void (source === "purple" ? purple : blue).send(shirt),
      );
    },
  );

export const selects = () =>
  record(
    {
      title: "select: only the case that wins receives",
      alt: "The same shirts with select: the case that loses leaves its chan, so every shirt reaches the receiver.",
      lanes: ["purple", "receiver", "blue"],
    },
    async (it) => {
      const [purple, blue] = [chan<string>(), chan<string>()];
      await twoSources(
        it,
        async () => {
          const got = await select({ purple: receiving(purple), blue: receiving(blue) });
          it.arrow(got.case, "receiver", "");
          return got.value;
        },
        (source, shirt) => void (source === "purple" ? purple : blue).send(shirt),
      );
    },
  );
