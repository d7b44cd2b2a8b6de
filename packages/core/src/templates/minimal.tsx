import type { Element } from "../compose/jsx-runtime.ts";
import type { TemplateInput } from "../types.ts";
import { accent, grid, Headline, Root, SiteMark } from "./components/index.ts";

/** The headline and nothing that competes with it. */
export default function Minimal(input: TemplateInput): Element {
  const { theme, size } = input;
  const { unit, margin, contentWidth, contentHeight } = grid(size);
  const { background, muted } = theme.colors;
  const mark = theme.logo || theme.siteName ? 40 * unit : 0;
  const bar = { height: 10 * unit, gap: 36 * unit };
  return (
    <Root input={input} style={{ padding: margin, alignItems: "center" }}>
      <div
        style={{
          display: "flex",
          flexDirection: "column",
          flexGrow: 1,
          alignItems: "center",
          justifyContent: "center",
          width: contentWidth,
        }}
      >
        <div
          style={{
            width: 72 * unit,
            height: bar.height,
            marginBottom: bar.gap,
            flexShrink: 0,
            borderRadius: bar.height / 2,
            backgroundColor: accent(theme, background, 3),
          }}
        />
        <Headline
          input={input}
          width={contentWidth}
          height={contentHeight - bar.height - bar.gap - (mark ? mark + 32 * unit : 0)}
          max={104 * unit}
          min={44 * unit}
          align="center"
          lineHeight={1.08}
        />
      </div>
      {mark ? (
        <div style={{ display: "flex", justifyContent: "center", width: contentWidth, height: mark, marginTop: 32 * unit }}>
          <SiteMark theme={theme} height={mark} color={muted} maxWidth={contentWidth} />
        </div>
      ) : null}
    </Root>
  );
}
