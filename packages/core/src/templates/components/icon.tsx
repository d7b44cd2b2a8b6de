import type { Element } from "../../compose/jsx-runtime.ts";

/** Strokes on a field of 24 by 24. */
const PATHS = {
  clock: "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 7.5V12l3 2",
  place: "M12 21c4.5-4.3 7-7.9 7-11a7 7 0 1 0-14 0c0 3.1 2.5 6.7 7 11M12 7.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5",
  check: "M5 12.5l4.5 4.5L19 7.5",
  next: "M9 5l7 7l-7 7",
  previous: "M15 5l-7 7l7 7",
} as const;

/** A line drawing; `next` and `previous` are chevrons to the right and to the left. */
export function Icon(props: {
  readonly name: keyof typeof PATHS;
  /** Pixels. */
  readonly size: number;
  readonly color: string;
  /** Of the lines, on a field of 24. @default 2.2 */
  readonly stroke?: number;
}): Element {
  const { name, size, color, stroke = 2.2 } = props;
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} style={{ width: size, height: size, flexShrink: 0 }}>
      <path d={PATHS[name]} fill="none" stroke={color} stroke-width={stroke} stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}
