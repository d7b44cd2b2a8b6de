import type { TemplateInput } from "../types.ts";
import { textOn } from "./color.ts";
import type { Element } from "./jsx-runtime.ts";

const MOST_CHARACTERS = 120;

/** The card of a page whose own cannot be made: colour and words, nothing that can fail. */
export function FallbackCard({ page, theme, size, dir }: TemplateInput): Element {
  const { brand } = theme.colors;
  const unit = size.width / 1200;
  const margin = Math.round(72 * unit);
  const characters = Array.from(page.title.slice(0, 2 * MOST_CHARACTERS));
  const title = characters.length > MOST_CHARACTERS ? `${characters.slice(0, MOST_CHARACTERS).join("")}…` : page.title;
  return (
    <div
      style={{
        display: "flex",
        flexDirection: "column",
        justifyContent: "center",
        boxSizing: "border-box",
        width: size.width,
        height: size.height,
        padding: margin,
        direction: dir,
        fontFamily: "Inter",
        color: textOn(brand),
        backgroundColor: brand,
      }}
    >
      <div
        style={{
          display: "block",
          width: size.width - 2 * margin,
          fontSize: 60 * unit,
          fontWeight: 700,
          lineHeight: 1.2,
          wordBreak: "break-word",
        }}
      >
        {title}
      </div>
      {theme.siteName ? <div style={{ display: "block", marginTop: 28 * unit, fontSize: 30 * unit }}>{theme.siteName}</div> : null}
    </div>
  );
}
