import type { Element } from "../compose/jsx-runtime.ts";
import type { TemplateInput } from "../types.ts";
import { alpha, grid, gradientColors, Headline, Root, SiteMark, summaryUnder, Text } from "./components/index.ts";

/** The brand's colours from edge to edge, and the headline on them. */
export default function Gradient(input: TemplateInput): Element {
  const { page, theme, size, dir } = input;
  const { unit, margin, contentWidth, contentHeight, wide, type } = grid(size);
  const { stops, text } = gradientColors(theme.colors.brand);
  const [first, second, middle, , last] = stops as readonly [string, string, string, string, string];
  const at = (x: number, y: number) => `${dir === "rtl" ? 100 - x : x}% ${y}%`;
  const light = (color: string, x: number, y: number, reach: number) =>
    `radial-gradient(circle at ${at(x, y)}, ${color} 0%, ${alpha(color, 0)} ${reach}%)`;
  const mark = theme.logo || theme.siteName ? 48 * unit : 0;
  const texts = { width: contentWidth, height: contentHeight - mark - 40 * unit, min: 46 * unit };
  const summary = summaryUnder(page.title, {
    summary: page.description,
    ...texts,
    fontSize: type.lead,
    lines: wide ? 2 : 4,
    gap: 38 * unit,
  });
  return (
    <Root
      input={input}
      style={{
        padding: margin,
        justifyContent: "space-between",
        color: text,
        backgroundColor: middle,
        backgroundImage: `${light(last, 96, 4, 62)}, ${light(first, 4, 100, 74)}, linear-gradient(${dir === "rtl" ? 225 : 135}deg, ${second}, ${middle})`,
      }}
    >
      <div style={{ display: "flex", width: contentWidth, height: mark }}>
        <SiteMark theme={theme} height={mark} color={text} maxWidth={contentWidth} />
      </div>
      <div style={{ display: "flex", flexDirection: "column", width: contentWidth }}>
        <Headline input={input} {...texts} height={texts.height - summary.height} max={100 * unit} color={text} lineHeight={1.05} />
        <Text
          fontSize={type.lead}
          color={text}
          lines={summary.lines}
          style={{ width: contentWidth * (wide ? 0.9 : 1), marginTop: 26 * unit }}
        >
          {page.description}
        </Text>
      </div>
    </Root>
  );
}
