import { mix } from "../compose/color.ts";
import type { Element } from "../compose/jsx-runtime.ts";
import type { Size, Theme } from "../types.ts";

/** A template and what it draws, one picture a column. */
export interface SheetRow {
  readonly name: string;
  readonly purpose?: string | undefined;
  /** Data URIs. */
  readonly pictures: readonly string[];
}

const WIDTH = 1600;
const MARGIN = 56;
const GAP = 24;
const COLUMN_LABELS = 56;
const HEADING = 62;
const ROW_GAP = 34;
const RADIUS = 10;

/** How large a sheet is, and the pictures on it. */
export function measureSheet(rows: number, columns: number, card: Size): Size & { readonly picture: Size } {
  const width = Math.floor((WIDTH - 2 * MARGIN - (columns - 1) * GAP) / columns);
  const picture = { width, height: Math.round((width * card.height) / card.width) };
  return { width: WIDTH, height: 2 * MARGIN + COLUMN_LABELS - ROW_GAP + rows * (HEADING + picture.height + ROW_GAP), picture };
}

/** Pictures in rows and columns, the rows under their names. */
export function Sheet(props: {
  readonly theme: Theme;
  readonly columns: readonly string[];
  readonly rows: readonly SheetRow[];
  readonly size: ReturnType<typeof measureSheet>;
}): Element {
  const { theme, columns, rows, size } = props;
  const { background, foreground, muted } = theme.colors;
  const { picture } = size;
  const edge = mix(foreground, background, 0.14);
  return (
    <div
      style={{
        display: "flex",
        flexDirection: "column",
        boxSizing: "border-box",
        width: size.width,
        height: size.height,
        padding: MARGIN,
        gap: ROW_GAP,
        fontFamily: theme.font.body,
        color: foreground,
        backgroundColor: mix(foreground, background, 0.06),
      }}
    >
      <div style={{ display: "flex", gap: GAP, height: COLUMN_LABELS - ROW_GAP, alignItems: "flex-start" }}>
        {columns.map((label) => (
          <div style={{ display: "block", width: picture.width, fontSize: 19, fontWeight: 500, color: muted, lineClamp: 1 }}>{label}</div>
        ))}
      </div>
      {rows.map(({ name, purpose, pictures }) => (
        <div style={{ display: "flex", flexDirection: "column" }}>
          <div style={{ display: "flex", alignItems: "baseline", gap: 18, height: HEADING, paddingTop: 14, boxSizing: "border-box" }}>
            <div style={{ display: "block", flexShrink: 0, fontFamily: theme.font.heading, fontSize: 28, fontWeight: 700 }}>{name}</div>
            {purpose ? <div style={{ display: "block", fontSize: 20, color: muted, lineClamp: 1 }}>{purpose}</div> : null}
          </div>
          <div style={{ display: "flex", gap: GAP }}>
            {pictures.map((src) => (
              <img
                src={src}
                alt=""
                width={picture.width}
                height={picture.height}
                style={{ ...picture, borderRadius: RADIUS, border: `1px solid ${edge}`, boxSizing: "border-box", objectFit: "cover" }}
              />
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
