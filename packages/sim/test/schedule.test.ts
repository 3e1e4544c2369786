import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError } from "@shirts/command-line";
import { expect, test } from "vitest";
import { burst } from "../src/cli/count.ts";
import { tellSchedule } from "../src/cli/schedule.ts";
import { explore } from "../src/explore.ts";
import { type Fork, playSchedule } from "../src/schedule.ts";
import { playChoices, readSchedule, type Schedule } from "../src/schedule-file.ts";
import { small } from "./small-story.ts";

/** Takes these ways, and stays at the fork after them. */
const taking = (path: readonly number[]) => {
  const left = [...path];
  return () => left.shift();
};

/** Every order, by going to each fork and from there each way. No coin of these stories makes a difference. */
async function ends(story: ReturnType<typeof small>, path: readonly number[] = []): Promise<boolean[]> {
  const { fork, verdict, isFaultLeft } = await playSchedule(story, taking(path));
  if (fork) {
    expect(new Set(fork.ways).size).toBe(fork.ways.length);
    const behind: boolean[] = [];
    const ways = fork.isCoin ? 1 : fork.ways.length;
    for (let way = 0; way < ways; way++) behind.push(...(await ends(story, [...path, way])));
    return behind;
  }
  return isFaultLeft ? [] : [verdict.some(({ wrong }) => wrong > 0)];
}

test.each([
  ["v1", 1, undefined],
  ["v1", 2, undefined],
  ["v2", 1, undefined],
  ["v3-fence", 1, undefined],
  ["v2", 1, "lost-cancel"],
] as const)(
  "%s, %d people, %s: chosen one by one, the orders are those that are counted",
  async (stage, steps, fault) => {
    const wrong = await ends(small(stage, steps, fault));
    const counted = await explore(small(stage, steps, fault));
    expect([wrong.length, wrong.filter(Boolean).length]).toEqual([counted.ways, counted.wrong]);
  },
);

test("a story that stays at a fork does not keep the next one waiting", async () => {
  const stays = await playSchedule(small("v2", 2), () => undefined);
  expect(stays.fork?.ways).toContain("command 1");
  const whole = await playSchedule(small("v2", 2), () => 0);
  expect(whole.fork).toBeUndefined();
  expect(whole.trace.slice(0, stays.trace.length)).toEqual(stays.trace);
});

test("a story can stay in the middle of a select, and tells nothing of what comes after it", async () => {
  let path: string[] = [];
  let before: readonly unknown[] | undefined;
  for (let start = 0; !before; start++) {
    path = [];
    await playSchedule(small("v4", 1), ({ ways, isCoin, trace }: Fork) => {
      if (isCoin) before ??= [...trace];
      if (before) return 0;
      path.push(ways[(start + path.length * 2) % ways.length] as string);
      return ways.indexOf(path.at(-1) as string);
    });
  }
  const left = [...path];
  const stayed = await playSchedule(small("v4", 1), ({ ways }) =>
    left.length > 0 ? ways.indexOf(left.shift() as string) : undefined,
  );
  expect(stayed.fork).toMatchObject({
    isCoin: true,
    ways: [expect.stringMatching(/^coin n\d first$/), expect.stringMatching(/second$/)],
  });
  expect(stayed.trace).toEqual(before);
});

/** v2's cancels cross: the node with PURPLE paints a step, the one with BLUE stops. */
const crossing: Schedule = {
  stage: "v2",
  nodes: 2,
  steps: 1,
  commands: burst(2).map(({ area, shirt }) => ({ area, shirt })),
  choices: ["command 1", "job c1.1→n1", "job c2.1→n2", "cancel n1!1→n2"],
};

test("a schedule plays to the end that it was chosen for", async () => {
  const [first] = (await playSchedule(small("v2", 1), taking([]))).fork?.ways ?? [];
  expect(crossing.choices.length).toBeGreaterThan(0);
  expect(first).toBeDefined();
  const played = await playChoices({ ...crossing, choices: [...crossing.choices, "cancel n2!1→n1"] });
  expect(played.broken["last command wins"]).toContain("do not wear BLUE");
  expect(played.verdict[0]?.wearing).toEqual({ white: 1 });
});

test.each([
  [[], "a schedule is an object"],
  [null, "a schedule is an object"],
  [{ ...crossing, stage: "v9" }, 'there is no stage "v9"'],
  [{ ...crossing, stage: 3 }, 'a schedule has a "stage"'],
  [{ ...crossing, nodes: 0 }, '"nodes" must be a whole number from 1 to 9, not 0'],
  [{ ...crossing, steps: "two" }, '"steps" must be a whole number from 1 to 100, not "two"'],
  [{ ...crossing, commands: [] }, 'a list "commands"'],
  [{ ...crossing, commands: [null] }, "a command has an area"],
  [{ ...crossing, commands: [{ area: "north-america", shirt: "white" }] }, "a command has a shirt"],
  [{ ...crossing, fault: "flood" }, 'there is no fault "flood" to choose'],
  [{ ...crossing, choices: "all" }, 'a list "choices"'],
  [{ ...crossing, choices: [7] }, "choice 1 is 7, and no name"],
])("%j is no schedule, and one line says why", (value, line) => {
  expect(() => readSchedule(value)).toThrow(line);
});

test.each([
  [crossing.choices.slice(0, 3), "the choices end after 3, and the story goes on: there are"],
  [["command 1", "pause n1"], 'choice 2, "pause n1", cannot be taken there; there are "job c1.1→n1"'],
  [
    [...crossing.choices, "cancel n2!1→n1", "command 1"],
    "the story is over after 5 choices, and the schedule has 6",
  ],
])("%j cannot be played, and one line says why", async (choices, line) => {
  await expect(playChoices({ ...crossing, choices })).rejects.toThrow(line);
});

test("two cancels that cross: four choices end too early, and with three more PURPLE wins", async () => {
  const exercise = readSchedule({
    stage: "v2",
    nodes: 2,
    steps: 2,
    commands: [
      { area: "north-america", shirt: "purple" },
      { area: "north-america", shirt: "blue" },
    ],
    choices: ["job c1.1→n1", "command 1", "job c2.1→n2", "cancel n1!1→n2"],
  });
  await expect(playChoices(exercise)).rejects.toThrow("the choices end after 4");
  const choices = [...exercise.choices, "pace n1 1", "n1 sql 1 paint c1 0", "cancel n2!1→n1"];
  const { verdict } = await playChoices({ ...exercise, choices });
  expect(verdict[0]?.wearing).toEqual({ purple: 1, white: 1 });
});

test("pnpm sim --schedule draws the story, and a bad file is one line", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "schedule-")), "mine.json");
  const told = async () => {
    let text = "";
    await tellSchedule(file, { json: false }, (more) => {
      text += more;
    });
    return text;
  };
  writeFileSync(file, JSON.stringify({ ...crossing, choices: [...crossing.choices, "cancel n2!1→n1"] }));
  const code = process.exitCode;
  expect(await told()).toContain("n2 stopped BLUE");
  expect(process.exitCode).toBe(1);
  process.exitCode = code;
  writeFileSync(file, JSON.stringify({ ...crossing, choices: [] }));
  await expect(told()).rejects.toThrow(UsageError);
  writeFileSync(file, "{");
  await expect(told()).rejects.toThrow(/^cannot read .*mine\.json: /);
  const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
  const run = spawnSync(process.execPath, ["--import", "tsx", main, "--schedule", `${file}.gone`], {
    encoding: "utf8",
  });
  expect([run.status, run.stdout, run.stderr.trim().split("\n").length]).toEqual([2, "", 1]);
});
