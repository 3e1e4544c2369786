/**
 * The judge: what is wrong after a story. It compares what people wear with the storm's own record of commands, and the
 * steps with the audit that the database wrote. What the table says about itself counts only where it is worse.
 */
import {
  type Area,
  areaName,
  type Command,
  type Population,
  type Stage,
  type Wardrobe,
  wrongPeople,
} from "@shirts/story";
import type { StalePaint } from "./audit.ts";
import type { Finding } from "./laws.ts";

/** What is known when all is quiet, each from a source of its own. */
export interface Evidence {
  readonly stage: Stage;
  readonly population: Population;
  /** The storm's record: the newest command of each area that was commanded in this story. */
  readonly newest: readonly Command[];
  /** Commands of the record that the database has not seen. */
  readonly unseen: readonly Command[];
  readonly wearing: ReadonlyMap<Area, Wardrobe>;
  readonly stalePaints: readonly StalePaint[];
  /** What the table's own log says. */
  readonly log: { readonly stale: number; readonly refused: number };
  /** Commands whose job no node acked. */
  readonly unacked: readonly Command[];
  /** Newest commands of which the table misses a step. */
  readonly unfinished: readonly Command[];
  readonly findings: readonly Finding[];
  /** What the fault saw and should not have. */
  readonly complaints: readonly string[];
  /** The longest time until the table accepted a command, or its president gave up. */
  readonly slowestCommandS: number;
}

export interface Judgement {
  readonly peopleWrong: number;
  readonly stale: number;
  readonly refused: number;
  readonly lost: number;
  readonly deaf: number;
  readonly slowestCommandS: number;
  /** What speaks against the story, in lines for people. */
  readonly why: readonly string[];
}

/** Longer than this no fault may hold up a command in v4, in seconds. */
const COMMAND_LIMIT_S = 15;

export function judge(evidence: Evidence): Judgement {
  const { stage, newest, stalePaints, log, unacked, findings, slowestCommandS } = evidence;
  const wrong = newest.map((command) => ({ command, people: wrongIn(evidence, command) }));
  // In the talk's stages a routine that was stopped is not lost.
  const unfinished = stage === "v4" ? evidence.unfinished : [];
  const isPromised = stage === "v4";
  return {
    peopleWrong: wrong.reduce((sum, { people }) => sum + people, 0),
    stale: Math.max(stalePaints.length, log.stale),
    refused: log.refused,
    lost: Math.max(unacked.length, unfinished.length, evidence.unseen.length),
    deaf: findings.filter(({ law }) => law === "hears").length,
    slowestCommandS,
    why: [
      ...wrong
        .filter(({ people }) => people > 0)
        .map(({ command, people }) => `${people} people of ${named(command)} wear something else`),
      ...evidence.unseen.map((command) => `the database has not seen ${named(command)}`),
      ...unacked.map((command) => `nobody acked ${named(command)}`),
      ...unfinished.map((command) => `the table misses a step of ${named(command)}`),
      ...(isPromised ? stalePaints.map(staleText) : []),
      ...(isPromised && log.stale > stalePaints.length
        ? [`the log of steps tells of ${log.stale} stale ones, the audit of ${stalePaints.length}`]
        : []),
      ...(isPromised && slowestCommandS > COMMAND_LIMIT_S
        ? [`a command waited ${slowestCommandS.toFixed(1)} s for the table`]
        : []),
      ...findings.map(({ line }) => line),
      ...evidence.complaints,
    ],
  };
}

function wrongIn({ population, wearing }: Evidence, { area, shirt }: Command): number {
  return wrongPeople(population[area] ?? 0, shirt, wearing.get(area) ?? {});
}

function named({ area, shirt, revision }: Command): string {
  return `${areaName(area)} in ${shirt.toUpperCase()}, revision ${revision}`;
}

function staleText({ area, shirt, people, by, revision, commanded }: StalePaint): string {
  return `${by} painted ${people} people of ${areaName(area)} in ${shirt.toUpperCase()} after revision ${revision} (${commanded.toUpperCase()}) was accepted`;
}
