import { chan, go, type SendChan, sleep, WaitGroup } from "@shirts/chan";
import type { Print } from "@shirts/learn";
import type { Answers } from "@shirts/learn/answers";
import type { Area } from "./given.ts";

function start(areas: readonly Area[]) {
  const reports = chan<string>();
  const group = new WaitGroup();
  for (const area of areas) group.go(() => area(reports));
  return { reports, group };
}

/** As it was given, with a close after so many reports. */
function closesAfter(count: number) {
  return async (areas: readonly Area[], print: Print): Promise<void> => {
    const { reports, group } = start(areas);
    let received = 0;
    for await (const report of reports) {
      print(report);
      received++;
      if (received === count) reports.close();
    }
    await group.wait();
    print("nothing follows");
  };
}

export const answers: Answers<Pick<typeof import("./given.ts"), "collect">> = {
  right: {
    "Promise.all, then a close": {
      async collect(areas, print) {
        const reports = chan<string>();
        go(async () => {
          await Promise.all(areas.map((area) => area(reports)));
          reports.close();
        });
        for await (const report of reports) print(report);
        print("nothing follows");
      },
    },
    "the range in a routine, the close in main": {
      async collect(areas, print) {
        const { reports, group } = start(areas);
        const printer = new WaitGroup();
        printer.go(async () => {
          for await (const report of reports) print(report);
        });
        await group.wait();
        reports.close();
        await printer.wait();
        print("nothing follows");
      },
    },
    "the last area that ends closes": {
      async collect(areas, print) {
        const reports = chan<string>();
        let left = areas.length;
        if (left === 0) reports.close();
        for (const area of areas) {
          go(async () => {
            await area(reports);
            if (--left === 0) reports.close();
          });
        }
        for (let [report, ok] = await reports.recv(); ok; [report, ok] = await reports.recv())
          print(report ?? "");
        print("nothing follows");
      },
    },
  },
  wrong: {
    "received === 4": {
      answer: { collect: closesAfter(4) },
      says: /^with 3 areas \(reports: 1, 3, 3\): .*send on closed channel; the chan was closed while an area had more to report/,
    },
    "a break at four": {
      answer: {
        async collect(areas, print) {
          const { reports, group } = start(areas);
          let received = 0;
          for await (const report of reports) {
            print(report);
            if (++received === 4) break;
          }
          await group.wait();
          print("nothing follows");
        },
      },
      says: /asleep .*; no area closes/,
    },
    "two for each area": {
      answer: {
        async collect(areas, print) {
          const { reports, group } = start(areas);
          for (let received = 0; received < 2 * areas.length; received++)
            print((await reports.recv())[0] ?? "");
          await group.wait();
          print("nothing follows");
        },
      },
      says: /asleep/,
    },
    "it sleeps, then it closes": {
      answer: {
        async collect(areas, print) {
          const { reports } = start(areas);
          go(async () => {
            await sleep(1000);
            reports.close();
          });
          for await (const report of reports) print(report);
          print("nothing follows");
        },
      },
      says: /send on closed channel; the chan was closed while an area|of 1 reports/,
    },
    "it closes when nothing came for a second": {
      answer: {
        async collect(areas, print) {
          const { reports } = start(areas);
          let last = 0;
          go(async () => {
            for (let seen = -1; seen !== last; await sleep(1000)) seen = last;
            reports.close();
          });
          for await (const report of reports) {
            last++;
            print(report);
          }
          print("nothing follows");
        },
      },
      says: /send on closed channel; the chan was closed while|of 1 reports/,
    },
    "each area closes when it is done": {
      answer: {
        async collect(areas, print) {
          const reports = chan<string>();
          for (const area of areas) {
            go(async () => {
              await area(reports);
              reports.close();
            });
          }
          for await (const report of reports) print(report);
          print("nothing follows");
        },
      },
      says: /2 of 4 reports were printed: .* only the senders' side knows/,
    },
    "the panic is caught and hidden": {
      answer: {
        async collect(areas, print) {
          const reports = chan<string>();
          const quietly = async (area: Area, to: SendChan<string>): Promise<void> => {
            try {
              await area(to);
            } catch {
              // It does not want to know.
            }
          };
          for (const area of areas) go(quietly, area, reports);
          let received = 0;
          for await (const report of reports) {
            print(report);
            if (++received === 2) reports.close();
          }
          print("nothing follows");
        },
      },
      says: /2 of 4 reports were printed/,
    },
    "nobody closes": {
      answer: {
        async collect(areas, print) {
          const { reports } = start(areas);
          for await (const report of reports) print(report);
          print("nothing follows");
        },
      },
      says: /asleep .*; no area closes/,
    },
  },
};
