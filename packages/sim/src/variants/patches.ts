/**
 * Workers between the stages, each as a change to a stage's worker: `revision`, and the talk's slips that a worker can make.
 *
 * `pnpm sim --slips --update` writes the changed workers to `workers/`. A test holds that they are what these patches make.
 */
import type { Patch } from "../planter/plant.ts";

export interface Variant extends Patch {
  /** What it does differently, and what comes of it: the comment at the head of the changed worker. */
  readonly why: string;
}

const byRevision: Variant = {
  name: "by-revision",
  from: "v3",
  why: `
    v3, but a cancel stops a routine only for a newer command. The talk compares a cancel by its sender, so two nodes may
    stop each other. Compared by age, only the older one stops. A step that is on its way to the table still lands.`,
  edits: [
    {
      region: "job",
      find: `
        const { area: $area } = $job.command;
        $broadcast({ area: $area, consumerId: $consumerId });
        $running.get($area)?.stop.close();`,
      put: `
        const { area: $area, revision } = $job.command;
        if (($running.get($area)?.job.command.revision ?? 0) > revision) {
          $job.ack();
          return;
        }
        $broadcast({ area: $area, consumerId: $consumerId, revision });
        $running.get($area)?.stop.close();`,
    },
    {
      region: "cancel",
      find: `
        if ($cancel.consumerId === $consumerId) return;
        $running.get($cancel.area)?.stop.close();`,
      put: `
        const routine = $running.get($cancel.area);
        if (routine === undefined || routine.job.command.revision >= ($cancel.revision ?? 0)) return;
        routine.stop.close();`,
    },
    // A stopped routine ends at once. v3's would choose between its stop and its done: the same story, counted twice.
    { region: "dowork", find: "$own.ack();" },
    {
      region: "dowork",
      find: "break;",
      put: `
        $own.ack();
        return;`,
    },
  ],
};

const endless: Variant = {
  name: "endless",
  from: "v3",
  why: `
    v3 with slips 1 and 6: dowork has no way out after its last step, so it never says that it is done. It asks its stop
    chan again and again, never acks, and its entry stays in the map. Here it sleeps in between; in Go it burns a core.`,
  uses: ["sleep"],
  edits: [
    {
      region: "dowork",
      find: `
        for (let $step = 0; $step < $steps; $step++) {
          await select({ stop: receiving($stop), pace: receiving($pace()) });`,
      put: `
        for (let $step = 0; ; ) {
          if ($step < $steps) await select({ stop: receiving($stop), pace: receiving($pace()) });
          else await sleep(1);`,
    },
    {
      region: "dowork",
      find: "await $paint($command, $step);",
      put: "if ($step < $steps) await $paint($command, $step++);",
    },
  ],
};

const semaphoreInLoop: Variant = {
  name: "semaphore-in-loop",
  from: "v2",
  why: `
    v2 with slip 2: the loop itself waits until the running routine is done, as the talk's loop waits for its semaphore.
    A loop that waits hears no cancel: the newer command waits behind the older one, which goes on painting.`,
  edits: [
    { region: "state", find: "const $done = chan<Routine>();" },
    {
      region: "loop",
      find: "job: $open && !$running && receiving($jobs)",
      put: "job: $open && receiving($jobs)",
    },
    { region: "loop", find: "onJob($it.value);", put: "await onJob($it.value);" },
    {
      region: "job",
      find: "function onJob($job: Job): void {",
      put: "async function onJob($job: Job): Promise<void> {",
    },
    {
      region: "job",
      find: "$running = { job: $job, stop: chan() };",
      put: `
        if ($running) await $done.recv();
        $running = { job: $job, stop: chan() };`,
    },
  ],
};

const bodyAsKey: Variant = {
  name: "body-as-key",
  from: "v3",
  why: `
    v3 with slip 4: a cancel names the whole body of the job, not its area. PURPLE and BLUE are different bodies, so the
    cancel of one never finds the other. All the machinery runs, and no routine is ever stopped.`,
  edits: [
    {
      region: "job",
      find: "const { area: $area } = $job.command;",
      put: 'const $area = [$job.command.area, $job.command.shirt].join(" ") as Area;',
    },
    {
      region: "done",
      find: "const { area: $key } = $routine.job.command;",
      put: 'const $key = [$routine.job.command.area, $routine.job.command.shirt].join(" ") as Area;',
    },
  ],
};

const doneByArea: Variant = {
  name: "done-by-area",
  from: "v3",
  why: `
    v3 with slip 5: done carries only the area, and the loop closes the stop chan that it finds there. After a cancel there
    is none, and close of a nil chan panics. After a replacement it is the newer routine's, which stops unfinished.`,
  uses: ["CloseOfNilChannelError"],
  edits: [
    { region: "state", find: "const $done = chan<Routine>();", put: "const $done = chan<Area>();" },
    { region: "dowork", find: "$ended: SendChan<Routine>", put: "$ended: SendChan<Area>" },
    { region: "dowork", find: "$job.ack();" },
    {
      region: "dowork",
      find: "break;",
      put: `
        $job.ack();
        return;`,
    },
    {
      region: "end",
      find: "await select({ stop: receiving($stop), done: sending($ended, $routine) });",
      put: "await $ended.send($job.command.area);",
    },
    {
      region: "done",
      find: `
        function onDone($finished: Routine): void {
          const { area: $area } = $finished.job.command;
          if ($running.get($area) === $finished) $running.delete($area);`,
      put: `
        function onDone($area: Area): void {
          const found = $running.get($area);
          // Go reads a missing entry of a map of chans as a nil chan.
          if (found === undefined) throw new CloseOfNilChannelError();
          found.stop.close();
          $running.delete($area);`,
    },
  ],
};

const deafSleep: Variant = {
  name: "deaf-sleep",
  from: "v3",
  why: `
    v3 with slip 10: the sleep after a step cannot be interrupted, and after each cancel the loop itself sleeps. A stopped
    routine notices it only at the end of its sleep, and while the loop sleeps it hears no other cancel.`,
  uses: ["sleep"],
  edits: [
    {
      region: "loop",
      find: "onCancel($it.value);",
      put: "await onCancel($it.value);",
    },
    {
      region: "cancel",
      find: "function onCancel($cancel: Cancel): void {",
      put: "async function onCancel($cancel: Cancel): Promise<void> {",
    },
    {
      region: "cancel",
      find: "$running.delete($cancel.area);",
      put: `
        $running.delete($cancel.area);
        await sleep(300);`,
    },
    {
      region: "dowork",
      find: `
        await select({ stop: receiving($stop), pace: receiving($pace()) });
        if (trySelect({ stop: receiving($stop) })) {`,
      put: "if (trySelect({ stop: receiving($stop) })) {",
    },
    {
      region: "dowork",
      find: "await $paint($command, $step);",
      put: `
        await $paint($command, $step);
        await $pace().recv();`,
    },
  ],
};

const phantomJobs: Variant = {
  name: "phantom-jobs",
  from: "v3",
  why: `
    v3 with slip 13: the loop does not notice that its chan of jobs is closed. Go's AMQP client closes it with the
    connection, and a closed chan is always ready: the loop takes deliveries that are none from it, for ever.`,
  edits: [
    {
      region: "loop",
      find: "if ($it.ok) onJob($it.value); else $open = false;",
      put: "if ($it.value) onJob($it.value);",
    },
  ],
};

export const variants: readonly Variant[] = [
  byRevision,
  endless,
  semaphoreInLoop,
  bodyAsKey,
  doneByArea,
  deafSleep,
  phantomJobs,
];
