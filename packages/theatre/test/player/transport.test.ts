import type { TraceEvent } from "@shirts/story";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { act } from "../../src/player/keys.ts";
import { Player } from "../../src/player/player.ts";
import { Together } from "../../src/player/together.ts";
import { Transport } from "../../src/player/transport.ts";

/** Frames that come when the test says so. */
let pending: FrameRequestCallback[] = [];
let now = 0;
function frame(ms: number): void {
  now += ms;
  for (const callback of pending.splice(0)) callback(now);
}

const original = globalThis.requestAnimationFrame;
beforeEach(() => {
  now = 1000;
  globalThis.requestAnimationFrame = (callback) => pending.push(callback);
});
afterEach(() => {
  pending = [];
  globalThis.requestAnimationFrame = original;
});

/** So many frames of 50 ms. */
function play(frames: number): void {
  for (let i = 0; i < frames; i++) frame(50);
}

const ready = (at: number): TraceEvent => ({ type: "ready", node: "n1", at });

describe("the transport", () => {
  test("plays every event once, in order, rests at the end, and asks for no more frames", () => {
    const transport = new Transport([0, 10, 10, 40, 90]);
    const seen: number[] = [];
    transport.position.subscribe((position) => seen.push(position));
    transport.play();
    play(2000);
    expect(transport.position.value).toBe(5);
    expect(transport.isPlaying.value).toBe(false);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(pending).toEqual([]);
  });

  test("twice the speed takes half the frames, and a longer gap takes longer", () => {
    const framesTo = (position: number, speed: number): number => {
      const transport = new Transport([0, 10, 100]);
      transport.speed.value = speed;
      transport.play();
      let frames = 0;
      for (; transport.position.value < position; frames++) frame(20);
      transport.pause();
      frame(20);
      return frames;
    };
    const whole = framesTo(3, 1);
    expect(framesTo(3, 2) / whole).toBeCloseTo(0.5, 1);
    expect(framesTo(2, 1)).toBeLessThan(whole / 2);
  });

  test("a pause stops it where it is, and play at the end begins anew", () => {
    const transport = new Transport([0, 10, 20]);
    transport.play();
    play(20);
    transport.pause();
    const { value } = transport.position;
    play(100);
    expect(transport.position.value).toBe(value);
    transport.seek(3);
    transport.play();
    expect(transport.position.value).toBe(0);
    transport.pause();
  });

  test("a seek beyond the ends stays within them", () => {
    const transport = new Transport([0, 10, 20]);
    transport.seek(99);
    expect(transport.position.value).toBe(3);
    transport.seek(-5);
    expect(transport.position.value).toBe(0);
  });

  test("keys: space, arrows, home, end, and the brackets for the speed", () => {
    const transport = new Transport([0, 10, 20]);
    expect(act(transport, "End")).toBe(true);
    expect(transport.position.value).toBe(3);
    act(transport, "ArrowLeft");
    expect(transport.position.value).toBe(2);
    act(transport, "Home");
    act(transport, "ArrowRight");
    expect(transport.position.value).toBe(1);
    act(transport, "]");
    expect(transport.speed.value).toBe(2);
    for (let i = 0; i < 9; i++) act(transport, "[");
    expect(transport.speed.value).toBe(0.25);
    act(transport, " ");
    expect(transport.isPlaying.value).toBe(true);
    act(transport, " ");
    expect(transport.isPlaying.value).toBe(false);
    expect(act(transport, "x")).toBe(false);
  });
});

describe("a live player", () => {
  test("follows what is appended when it stands at the end, and stays where it is when not", () => {
    const player = new Player([], 10);
    player.append([ready(5), ready(6)]);
    expect(player.position.value).toBe(2);
    player.seek(1);
    player.append([ready(7)]);
    expect(player.position.value).toBe(1);
    expect(player.scene.value.at).toBe(5);
    player.seek(3);
    expect(player.scene.value.at).toBe(7);
  });
});

describe("two players together", () => {
  const one = new Player([ready(0), ready(10), ready(30)], 10);
  const other = new Player([ready(5), ready(10), ready(20)], 10);
  const together = new Together([one, other]);

  test("are always at the same time", () => {
    for (let position = 0; position <= together.length; position++) {
      together.seek(position);
      expect(one.position.value + other.position.value).toBe(position);
      const reached = Math.max(one.scene.value.at, other.scene.value.at);
      for (const player of [one, other])
        for (const event of player.trace.slice(player.position.value))
          expect(event.at).toBeGreaterThanOrEqual(reached);
    }
  });

  test("a moment of one of them is a moment of both", () => {
    together.seek(together.positionOf(other, 3));
    expect([one.position.value, other.position.value]).toEqual([2, 3]);
    together.seek(together.positionOf(one, 0));
    expect([one.position.value, other.position.value]).toEqual([0, 0]);
  });
});
