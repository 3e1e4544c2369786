/** The signs on the transport's buttons. Drawn, since not every system has letters for them. */

const PATHS = {
  play: "M7 4l13 8-13 8z",
  pause: "M6 4h4v16H6zM14 4h4v16h-4z",
  start: "M5 4h3v16H5zM20 4v16l-11-8z",
  end: "M16 4h3v16h-3zM4 4v16l11-8z",
  back: "M15 4v16L4 12zM17 4h3v16h-3z",
  forwards: "M9 4v16l11-8zM4 4h3v16H4z",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
      <path d={PATHS[name]} fill="currentColor" />
    </svg>
  );
}
