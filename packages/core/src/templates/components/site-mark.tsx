import type { Element } from "../../compose/jsx-runtime.ts";
import type { Theme } from "../../types.ts";

/** A wide logo may be so many times as wide as it is high. */
const WIDEST = 5;

/** The site's logo, SVG or image, at a height in pixels; up to five times as wide. Nothing where the theme has none. */
export function Logo(props: { readonly theme: Theme; readonly height: number }): Element | null {
  const { theme, height } = props;
  if (!theme.logo) return null;
  return <img src={theme.logo} alt="" style={{ height, maxWidth: height * WIDEST, flexShrink: 0, objectFit: "contain" }} />;
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
  const { theme, height, color, maxWidth } = props;
  if (!theme.logo && !theme.siteName) return null;
  const fontSize = height * (theme.logo ? 0.66 : 0.72);
  return (
    <div
      style={{
        display: "flex",
        alignItems: "center",
        flexShrink: 0,
        height,
        gap: height * 0.32,
        ...(maxWidth === undefined ? {} : { maxWidth }),
      }}
    >
      <Logo theme={theme} height={height} />
      {theme.siteName ? (
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
            wordBreak: "break-word",
          }}
        >
          {theme.siteName}
        </div>
      ) : null}
    </div>
  );
}
