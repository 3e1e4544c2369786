import { type RecvChan, receiving, select } from "@shirts/chan";

export type Worker = (
  jobs: RecvChan<string>,
  stop: RecvChan<never>,
  paint: (job: string) => void,
) => Promise<void>;

// #region race
export const byRace: Worker = async (jobs, stop, paint) => {
  for (;;) {
    const job = jobs.recv().then(([job]) => job);
    const end = stop.recv().then(() => undefined);
    const first = await Promise.race([job, end]);
    if (first === undefined) return;
    paint(first);
  }
};
// #endregion race

// #region select
export const bySelect: Worker = async (jobs, stop, paint) => {
  for (;;) {
    const it = await select({ job: receiving(jobs), stop: receiving(stop) });
    if (it.case === "stop" || !it.ok) return;
    paint(it.value);
  }
};
// #endregion select
