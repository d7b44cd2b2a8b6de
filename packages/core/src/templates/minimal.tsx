import type { Element } from "../compose/jsx-runtime.ts";
import type { TemplateInput } from "../types.ts";
import { FittedText, grid, readable, Root, SiteMark } from "./components/index.ts";

/** The headline and nothing that competes with it. */
export default function Minimal(input: TemplateInput): Element {
  const { page, theme } = input;
  const { unit, margin, contentWidth, contentHeight } = grid(input.size);
  const { brand, background, foreground, muted } = theme.colors;
  return (
    <Root input={input} style={{ padding: margin, justifyContent: "space-between" }}>
      <div style={{ display: "flex", width: contentWidth, minHeight: 44 * unit }}>
        <SiteMark theme={theme} height={40 * unit} color={muted} />
      </div>
      <div style={{ display: "flex", flexDirection: "column", width: contentWidth }}>
        <FittedText
          text={page.title}
          width={contentWidth}
          height={contentHeight - 150 * unit}
          max={104 * unit}
          min={44 * unit}
          lineHeight={1.08}
          style={{ fontFamily: theme.font.heading, fontWeight: 700, color: foreground }}
        />
        <div
          style={{
            width: 96 * unit,
            height: 10 * unit,
            marginTop: 40 * unit,
            borderRadius: 5 * unit,
            backgroundColor: readable(brand, background, 3),
          }}
        />
      </div>
    </Root>
  );
}
