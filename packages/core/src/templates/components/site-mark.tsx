import type { Element } from "../../compose/jsx-runtime.ts";
import type { Theme } from "../../types.ts";

/** A wide logo may be so many times as wide as it is high; one that is wider is drawn less high. */
const WIDEST = 5;
/** A name of so few characters is never cut: a wide logo beside it is drawn smaller. */
const SHORT_NAME = 8;
/** What such a logo leaves to a longer name, in ems. */
const LEAST_NAME = 6.5;

/** The site's logo, SVG or image, at a height in pixels; up to five times as wide. Nothing where the theme has none. */
export function Logo(props: {
  readonly theme: Theme;
  readonly height: number;
  /** Pixels. @default five times the height */
  readonly maxWidth?: number;
}): Element | null {
  const { theme, height, maxWidth = Infinity } = props;
  if (!theme.logo) return null;
  // Around the picture alone, the layout leaves room for its whole width, however little of that it may take.
  return (
    <div style={{ display: "flex", minWidth: 0, height, maxWidth: Math.min(height * WIDEST, Math.max(height, maxWidth)) }}>
      <img src={theme.logo} alt="" style={{ height, maxWidth: "100%", objectFit: "contain" }} />
    </div>
  );
}

/**
 * The site's logo and name. The name's capitals are just under half as high as the logo, which is how most wordmarks are
 * drawn; alone, the name is a little larger.
 */
export function SiteMark(props: {
  readonly theme: Theme;
  /** Of the logo, in pixels. */
  readonly height: number;
  readonly color: string;
  /** Pixels. @default as wide as its text */
  readonly maxWidth?: number;
}): Element | null {
  const { theme, height, color, maxWidth = Infinity } = props;
  const { logo, siteName = "" } = theme;
  if (!logo && !siteName) return null;
  const fontSize = height * (logo ? 0.66 : 0.72);
  const gap = height * 0.32;
  const short = siteName.length <= SHORT_NAME;
  return (
    <div style={{ display: "flex", alignItems: "center", flexShrink: 0, height, gap, ...(maxWidth === Infinity ? {} : { maxWidth }) }}>
      <Logo theme={theme} height={height} maxWidth={maxWidth - (short ? 0 : gap + LEAST_NAME * fontSize)} />
      {siteName ? (
        <div
          style={{
            display: "block",
            fontSize,
            lineHeight: 1.25,
            fontWeight: 600,
            color,
            letterSpacing: fontSize * -0.012,
            lineClamp: 1,
            minWidth: 0,
            flexShrink: short ? 0 : 1000,
            wordBreak: "break-word",
          }}
        >
          {siteName}
        </div>
      ) : null}
    </div>
  );
}
