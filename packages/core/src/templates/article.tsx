import type { Element } from "../compose/jsx-runtime.ts";
import type { TemplateInput } from "../types.ts";
import { accent, Byline, grid, Headline, mix, readable, Root, Section, SiteMark, summaryUnder, Text } from "./components/index.ts";

/** A post: section, headline, summary, and who wrote it. */
export default function Article(input: TemplateInput): Element {
  const { page, theme, size, dir } = input;
  const { unit, margin, width, contentWidth, contentHeight, wide, type } = grid(size);
  const { brand, background, foreground } = theme.colors;
  const [section] = page.tags;
  const band = Math.round(12 * unit);
  const hasFooter = Boolean(page.author || page.date || theme.logo || theme.siteName);
  const footer = hasFooter ? 60 * unit : 0;
  const gap = hasFooter ? 40 * unit : 0;
  const texts = { width: contentWidth, height: contentHeight - footer - gap - (section ? 54 * unit : 0), min: 42 * unit };
  const summary = summaryUnder(page.title, {
    summary: page.description,
    ...texts,
    fontSize: type.body,
    lines: wide ? 3 : 5,
    gap: 42 * unit,
  });
  const strength = theme.mode === "dark" ? 0.38 : 0.2;
  const brightest = mix(brand, background, strength);
  const muted = readable(theme.colors.muted, brightest);
  const corner = dir === "rtl" ? "0% 0%" : "100% 0%";
  const glow = `radial-gradient(circle at ${corner}, ${brightest} 0%, ${background} 64%)`;
  return (
    <Root input={input} style={{ padding: margin, backgroundImage: glow }}>
      <div style={{ position: "absolute", left: 0, top: 0, width, height: band, backgroundColor: accent(theme, background, 1.6) }} />
      <div
        style={{
          display: "flex",
          flexDirection: "column",
          flexGrow: 1,
          justifyContent: wide && page.description ? "flex-start" : "center",
          width: contentWidth,
        }}
      >
        <Section text={section} fontSize={type.label} color={accent(theme, brightest)} gap={20 * unit} />
        <Headline input={input} {...texts} height={texts.height - summary.height} max={(page.description ? 1 : 1.18) * type.headline} />
        <Text
          fontSize={type.body}
          color={muted}
          lines={summary.lines}
          style={{ width: contentWidth * (wide ? 0.92 : 1), marginTop: 24 * unit }}
        >
          {page.description}
        </Text>
      </div>
      {hasFooter ? (
        <div
          style={{
            display: "flex",
            width: contentWidth,
            height: footer,
            marginTop: gap,
            alignItems: "center",
            justifyContent: "space-between",
            gap: 48 * unit,
          }}
        >
          <Byline page={page} height={footer} color={foreground} muted={muted} />
          <SiteMark theme={theme} height={44 * unit} color={foreground} maxWidth={contentWidth * (page.author || page.date ? 0.5 : 1)} />
        </div>
      ) : null}
    </Root>
  );
}
