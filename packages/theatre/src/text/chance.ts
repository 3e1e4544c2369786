/** Texts of the mode "chance". */
const axis = {
  gap: "Time between the two commands",
  network: "Time on the network",
  ratio: "Pace of n2 beside n1",
} as const;

const inWords = {
  gap: (value: number) => `${value} ms between the commands`,
  network: (value: number) => `messages take 1 to ${value} ms`,
  ratio: (value: number) => `a step of n2 takes ${value} % of n1's`,
} as const;

const percent = (share: number): string => {
  const hundred = share * 100;
  return hundred > 0 && hundred < 10 ? hundred.toFixed(1) : hundred.toFixed(0);
};

export const chanceText = {
  title: "How likely is the bug?",
  about:
    "The president commands PURPLE, then BLUE, for the same area. Each story is one seed: the same worker as everywhere here, under a network with other delays. A story is wrong when somebody wears PURPLE in the end.",
  predict: "Guess first: which stages become right when the president waits longer? And which one always is?",
  hint: "v2 and v3 lie on each other: as long as each node has one job, they are the same loop. Try one node, and the time on the network along the axis.",
  axisLabel: "Along the axis",
  axis,
  inWords,
  unit: { gap: "ms", network: "ms at most", ratio: "% of n1's time for a step" },
  settingLabel: "All stories",
  setting: {
    nodes: "Nodes",
    people: "People",
    gapMs: "Between the commands (ms)",
    latencyMs: "Network, at most (ms)",
    paceMs: "A step of n1 (ms)",
    ratio: "A step of n2 (% of n1's)",
  },
  isAxis: "along the axis",
  play: (stories: string) => `Play ${stories} stories`,
  goOn: "Go on",
  again: "Play them again",
  stop: "Stop",
  progressLabel: "Stories played",
  played: (played: string, all: string) => `${played} of ${all} stories`,
  state: {
    new: "",
    running: "The stories play.",
    stopped: "Stopped. What is counted stays.",
    done: "All stories are played.",
  },
  onPage: {
    "no workers": "This browser has no Web Workers: the stories play on the page itself, in slices.",
    "worker failed": "The Web Worker did not start: the stories play on the page itself, in slices.",
  },
  failed: (why: string) => `The count ended early: ${why}.`,
  plotLabel: (words: string, shares: string) =>
    `Share of wrong stories, for each stage. At the mark, ${words}: ${shares}.`,
  plotTitle: "Share of wrong stories",
  percent: (share: number) => `${percent(share)} %`,
  interval: (from: number, to: number) => `${percent(from)} to ${percent(to)} %`,
  counted: (wrong: string, stories: string) => `${wrong} of ${stories} wrong`,
  none: "no story yet",
  mark: "Mark",
  atMark: (words: string) => `At the mark: ${words}`,
  sure: "The band and the numbers behind it: where the true share lies, 95 times out of 100 (Wilson's interval).",
  playWrong: (stage: string, seed: number) => `Play a wrong one of ${stage} (seed ${seed})`,
  playRight: (stage: string, seed: number) => `Play a right one of ${stage} (seed ${seed})`,
  noWrong: (stories: string) => `No wrong one in ${stories}.`,
  tableTitle: "The curves as a table",
  stage: "Stage",
} as const;
