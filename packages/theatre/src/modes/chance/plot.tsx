/** The curves: share of wrong stories over the axis, one for each stage, with the band in which the true share lies. */
import { useEffect, useRef, useState } from "preact/hooks";
import { text } from "../../text.ts";
import { POINTS, valueAt } from "./setting.ts";
import { axis, mark, shownStages, tally } from "./store.ts";
import { type Cell, type Share, shareOf } from "./tally.ts";

const HEIGHT = 320;
const EDGE = { left: 46, right: 14, top: 28, bottom: 44 };
const GRID = [0, 0.25, 0.5, 0.75, 1];

/** Places on the picture, for a picture of `width`. */
function places(width: number) {
  const across = width - EDGE.left - EDGE.right;
  const down = HEIGHT - EDGE.top - EDGE.bottom;
  return {
    x: (point: number) => EDGE.left + (across * point) / (POINTS - 1),
    y: (share: number) => EDGE.top + down * (1 - share),
    point: (x: number) =>
      Math.min(POINTS - 1, Math.max(0, Math.round(((x - EDGE.left) / across) * (POINTS - 1)))),
  };
}

export function Plot({ label }: { label: string }) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(640);
  useEffect(() => {
    const seen = new ResizeObserver(([entry]) => setWidth(Math.max(240, entry?.contentRect.width ?? 640)));
    if (box.current) seen.observe(box.current);
    return () => seen.disconnect();
  }, []);
  const { x, y, point } = places(width);
  const moveMark = (event: PointerEvent): void => {
    if (event.buttons !== 1) return;
    const left = (event.currentTarget as Element).getBoundingClientRect().left;
    mark.value = point(event.clientX - left);
  };
  const isNarrow = width < 480;
  const labels = isNarrow ? [0, 12, 24] : [0, 6, 12, 18, 24];
  return (
    <div ref={box} class="chance-plot">
      <svg
        role="img"
        aria-label={label}
        width={width}
        height={HEIGHT}
        onPointerDown={moveMark}
        onPointerMove={moveMark}
      >
        {GRID.map((share) => (
          <g key={share}>
            <line class="grid" x1={x(0)} x2={x(POINTS - 1)} y1={y(share)} y2={y(share)} />
            <text class="tick" x={EDGE.left - 6} y={y(share) + 4} text-anchor="end">
              {text.chance.percent(share)}
            </text>
          </g>
        ))}
        {labels.map((at) => (
          <text key={at} class="tick" x={x(at)} y={HEIGHT - EDGE.bottom + 18} text-anchor={anchorOf(at)}>
            {valueAt(axis.value, at)}
          </text>
        ))}
        <text
          class={isNarrow ? "tick narrow" : "tick"}
          x={isNarrow ? width / 2 : x((POINTS - 1) / 2)}
          y={HEIGHT - 6}
          text-anchor="middle"
        >
          {`${text.chance.axis[axis.value]} (${text.chance.unit[axis.value]})`}
        </text>
        <text class="tick" x={EDGE.left} y={14}>
          {text.chance.plotTitle}
        </text>
        {shownStages.map((stage, row) => (
          <Band key={stage} stage={stage} cells={tally.value[row] ?? []} x={x} y={y} />
        ))}
        {shownStages.map((stage, row) => (
          <Curve key={stage} stage={stage} row={row} cells={tally.value[row] ?? []} x={x} y={y} />
        ))}
        <line class="mark" x1={x(mark.value)} x2={x(mark.value)} y1={EDGE.top} y2={HEIGHT - EDGE.bottom} />
      </svg>
    </div>
  );
}

function anchorOf(point: number): "start" | "middle" | "end" {
  if (point === 0) return "start";
  return point === POINTS - 1 ? "end" : "middle";
}

interface BandProps {
  readonly stage: string;
  readonly cells: readonly Cell[];
  readonly x: (point: number) => number;
  readonly y: (share: number) => number;
}

function known(cells: readonly Cell[]): readonly { readonly point: number; readonly share: Share }[] {
  return cells.flatMap((cell, point) => {
    const share = shareOf(cell);
    return share ? [{ point, share }] : [];
  });
}

function Band({ stage, cells, x, y }: BandProps) {
  const at = (end: "from" | "to") => known(cells).map(({ point, share }) => `${x(point)},${y(share[end])}`);
  return <polygon class={`curve ${stage}`} points={[...at("to"), ...at("from").reverse()].join(" ")} />;
}

/** A number on the curve at every so many points, so that curves that lie on each other still name themselves. */
const NUMBER_EVERY = 8;

function Curve({ stage, row, cells, x, y }: BandProps & { readonly row: number }) {
  const points = known(cells);
  return (
    <g class={`curve ${stage}`}>
      <polyline points={points.map(({ point, share }) => `${x(point)},${y(share.share)}`).join(" ")} />
      {points
        .filter(({ point }) => point % NUMBER_EVERY === row * 2 + 1)
        .map(({ point, share }) => (
          <g key={point}>
            <circle cx={x(point)} cy={y(share.share)} r={8} />
            <text x={x(point)} y={y(share.share) + 4} text-anchor="middle">
              {stage.slice(1)}
            </text>
          </g>
        ))}
    </g>
  );
}

/** How a stage is drawn, small, beside its name. */
export function Sample({ stage }: { stage: string }) {
  return (
    <svg class={`sample curve ${stage}`} width={44} height={18} aria-hidden="true">
      <polyline points="1,9 43,9" />
      <circle cx={22} cy={9} r={8} />
      <text x={22} y={13} text-anchor="middle">
        {stage.slice(1)}
      </text>
    </svg>
  );
}
