/** The texts of everything that plays a trace. */
export const playerText = {
  play: "Play",
  pause: "Pause",
  back: "One event back",
  forwards: "One event on",
  start: "To the start",
  end: "To the end",
  transport: "Play and seek",
  scrub: "Moment of the story",
  moment: (position: number, length: number, at: number) => `event ${position} of ${length}, at ${at} ms`,
  speed: "Speed",
  events: "Events",
  asText: "This moment in words",
} as const;
