import type { Element } from "../compose/jsx-runtime.ts";
import type { TemplateInput } from "../types.ts";
import { Byline, FittedText, grid, mix, readable, Root, Section, SiteMark } from "./components/index.ts";

/** A post or a docs page: section, headline, summary, and who wrote it. */
export default function Article(input: TemplateInput): Element {
  const { page, theme, dir } = input;
  const { unit, margin, width, contentWidth, contentHeight } = grid(input.size);
  const { brand, background, foreground, muted } = theme.colors;
  const [section] = page.tags;
  const footer = 60 * unit;
  const summary = page.description ? Math.min(190 * unit, contentHeight * 0.3) : 0;
  const corner = dir === "rtl" ? "0% 0%" : "100% 0%";
  const glow = `radial-gradient(circle at ${corner}, ${mix(brand, background, theme.mode === "dark" ? 0.38 : 0.2)} 0%, ${background} 64%)`;
  return (
    <Root input={input} style={{ padding: margin, justifyContent: "space-between", backgroundImage: glow }}>
      <div style={{ position: "absolute", left: 0, right: 0, top: 0, width, height: Math.round(10 * unit), backgroundColor: brand }} />
      <div style={{ display: "flex", flexDirection: "column", width: contentWidth }}>
        <Section text={section} fontSize={25 * unit} color={readable(brand, background)} gap={22 * unit} />
        <FittedText
          text={page.title}
          width={contentWidth}
          height={contentHeight - footer - summary - (section ? 54 * unit : 0) - 34 * unit}
          max={84 * unit}
          min={40 * unit}
          style={{ fontFamily: theme.font.heading, fontWeight: 700, color: foreground }}
        />
        {page.description ? (
          <div
            style={{
              display: "block",
              width: contentWidth * 0.92,
              marginTop: 24 * unit,
              fontSize: 30 * unit,
              lineHeight: 1.42,
              color: muted,
              lineClamp: 3,
              wordBreak: "break-word",
            }}
          >
            {page.description}
          </div>
        ) : null}
      </div>
      <div
        style={{
          display: "flex",
          width: contentWidth,
          height: footer,
          alignItems: "center",
          justifyContent: "space-between",
          gap: 40 * unit,
        }}
      >
        <Byline page={page} height={60 * unit} color={foreground} muted={muted} />
        <SiteMark theme={theme} height={44 * unit} color={foreground} />
      </div>
    </Root>
  );
}
