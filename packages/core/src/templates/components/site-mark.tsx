import type { Element } from "../../compose/jsx-runtime.ts";
import type { Theme } from "../../types.ts";

/** The site's logo and name. */
export function SiteMark(props: { readonly theme: Theme; readonly height: number; readonly color: string }): Element | null {
  const { theme, height, color } = props;
  if (!theme.logo && !theme.siteName) return null;
  return (
    <div style={{ display: "flex", alignItems: "center", flexShrink: 0, gap: height * 0.35 }}>
      {theme.logo ? <img src={theme.logo} alt="" style={{ height, maxWidth: height * 5, objectFit: "contain" }} /> : null}
      {theme.siteName ? (
        <div style={{ display: "flex", fontSize: height * 0.64, fontWeight: 600, color, letterSpacing: -height * 0.008 }}>
          {theme.siteName}
        </div>
      ) : null}
    </div>
  );
}
