import type { Fault } from "../fault.ts";

/** The walk of a routine, which v2, v3 and v4 have in common. `stage` begins the names, `painting` is the call of a step. */
export function walk(stage: string, painting: string): readonly Fault[] {
  const stopped = 'report({ type: "stopped", command, step }); break;';
  return [
    {
      fault: `${stage}: the stop has not the last word`,
      find: "await select({ stop: receiving(stop), pace: receiving(pace()) });",
      put: "const it = await select({ stop: receiving(stop), pace: receiving(pace()) });",
      also: [{ find: "if (trySelect({ stop: receiving(stop) }))", put: 'if (it.case === "stop")' }],
    },
    {
      fault: `${stage}: a stop does not wake a routine that walks`,
      find: "stop: receiving(stop), pace: receiving(pace())",
      put: "pace: receiving(pace())",
    },
    {
      fault: `${stage}: a step does not wait for its pace`,
      find: "await select({ stop: receiving(stop), pace: receiving(pace()) });",
      put: "",
    },
    { fault: `${stage}: a stopped routine goes on`, find: stopped, put: stopped.replace("break;", "") },
    { fault: `${stage}: a stop is not reported`, find: stopped, put: "break;" },
    {
      fault: `${stage}: a stopped job is not acked`,
      find: stopped,
      put: stopped.replace("break;", "job.ack = () => {}; break;"),
    },
    { fault: `${stage}: a job is never acked`, find: "job.ack(); await", put: "await" },
    {
      fault: `${stage}: a job is acked before its first step`,
      find: "const { command } = job;",
      put: "const { command } = job; job.ack();",
    },
    {
      fault: `${stage}: a job is acked while its last step is on its way`,
      find: painting,
      put: "void paint(command, step);",
    },
    { fault: `${stage}: the last step is left out`, find: "step < steps;", put: "step < steps - 1;" },
  ];
}

const deafness = [{ find: "cancel: receiving(cancels)", put: "cancel: !isDeaf && receiving(cancels)" }];

/** The loop of a worker, which v2, v3 and v4 have in common. */
export function loop(stage: string): readonly Fault[] {
  return [
    {
      fault: `${stage}: a worker whose cancels are closed works on, deaf`,
      find: "if (!it.ok) return;",
      put: "if (!it.ok) { isDeaf = true; break; }",
      also: [...deafness, { find: "const done = chan", put: "let isDeaf = false; const done = chan" }],
    },
  ];
}

/** A worker with a map of routines, which v3 and v4 have in common. `key` is the area in a cancel. */
export function routines(stage: string): readonly Fault[] {
  return [
    {
      fault: `${stage}: a newer job leaves the older routine of its area running`,
      find: "running.get(area)?.stop.close();",
      put: "",
    },
    {
      fault: `${stage}: done deletes by area only`,
      find: "if (running.get(area) === routine) running.delete(area);",
      put: "running.delete(area);",
    },
    {
      fault: `${stage}: a routine that is done stays in the map`,
      find: "if (running.get(area) === routine) running.delete(area);",
      put: "",
    },
    {
      fault: `${stage}: a worker ends before its stopped routines have`,
      find: "await routines.wait();",
      put: "",
    },
    { fault: `${stage}: a worker does not drain`, find: "open || running.size > 0;", put: "open;" },
    {
      fault: `${stage}: a routine waits until its done is heard, also when it was stopped`,
      find: "await select({ stop: receiving(stop), done: sending(done, routine) });",
      put: "await done.send(routine);",
    },
    {
      fault: `${stage}: a routine does not tell its end`,
      find: "done: sending(done, routine)",
      put: "done: false",
    },
    {
      fault: `${stage}: a worker runs one routine at a time`,
      find: "job: open && receiving(jobs)",
      put: "job: open && running.size === 0 && receiving(jobs)",
    },
  ];
}
