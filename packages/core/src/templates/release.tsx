import type { Element } from "../compose/jsx-runtime.ts";
import type { TemplateInput } from "../types.ts";
import { accent, field, fieldList, FittedText, grid, Headline, Icon, mix, Root, SiteMark, Text } from "./components/index.ts";

const MOST_HIGHLIGHTS = 4;

/**
 * A new version and the best of what is in it.
 *
 * Fields: `version` (else one in the title), `highlights` (a list, of which four are shown).
 */
export default function Release(input: TemplateInput): Element {
  const { page, theme, size, dir } = input;
  const { unit, margin, contentWidth, contentHeight, wide, type } = grid(size);
  const { brand, background, foreground, muted } = theme.colors;
  const version = field(page, "version") ?? /(?:^|\s)(v?\d+\.\d+(?:\.\d+)?(?:-[\w.]+)?)(?=$|[\s:,;])/.exec(page.title)?.[1];
  const highlights = fieldList(page, "highlights").slice(0, MOST_HIGHLIGHTS);
  const mark = theme.logo || theme.siteName ? 44 * unit : 0;
  const ground = theme.mode === "dark" ? 0.3 : 0.16;
  const corner = dir === "rtl" ? "100% 100%" : "0% 100%";
  const brandText = accent(theme, mix(brand, background, ground));

  const split = wide && highlights.length > 0;
  const list = split ? contentWidth * 0.46 : contentWidth;
  const main = split ? contentWidth - list - 56 * unit : contentWidth;
  const listHeight = highlights.length > 0 && !wide ? highlights.length * 84 * unit + 40 * unit : 0;
  const top = mark ? mark + 36 * unit : 0;
  const number = version === undefined ? 0 : (split ? 220 : 260) * unit;
  const summary = version === undefined || highlights.length > 0 ? undefined : page.description;
  const summaryHeight = summary === undefined ? 0 : 20 * unit + 2 * 1.4 * type.body;
  return (
    <Root
      input={input}
      style={{
        padding: margin,
        backgroundImage: `radial-gradient(circle at ${corner}, ${mix(brand, background, ground)} 0%, ${background} 70%)`,
      }}
    >
      {mark ? (
        <div style={{ display: "flex", width: contentWidth, height: mark, marginBottom: 36 * unit }}>
          <SiteMark theme={theme} height={mark} color={foreground} maxWidth={contentWidth} />
        </div>
      ) : null}
      <div
        style={{
          display: "flex",
          flexDirection: split ? "row" : "column",
          alignItems: split ? "center" : "stretch",
          justifyContent: split ? "space-between" : "center",
          flexGrow: 1,
          width: contentWidth,
        }}
      >
        <div style={{ display: "flex", flexDirection: "column", width: main }}>
          {version === undefined ? null : (
            <FittedText
              text={version}
              width={main}
              height={number}
              max={number / 1.1}
              min={60 * unit}
              lines={1}
              lineHeight={1}
              style={{
                fontFamily: theme.font.heading,
                fontWeight: 700,
                color: brandText,
                ...(dir === "rtl" ? { marginRight: "-0.04em" } : { marginLeft: "-0.04em" }),
              }}
            />
          )}
          <div style={{ display: "flex", width: main, marginTop: version === undefined ? 0 : 12 * unit }}>
            <Headline
              input={input}
              width={main}
              height={contentHeight - top - number - listHeight - summaryHeight - 12 * unit}
              max={(version === undefined ? (split ? 84 : 104) : split ? 56 : 66) * unit}
              min={36 * unit}
              lineHeight={1.14}
            />
          </div>
          <Text fontSize={type.body} color={muted} lines={2} style={{ width: main * 0.9, marginTop: 20 * unit }}>
            {summary}
          </Text>
        </div>
        {highlights.length === 0 ? null : (
          <div style={{ display: "flex", flexDirection: "column", width: list, gap: 26 * unit, marginTop: split ? 0 : 44 * unit }}>
            {highlights.map((text) => (
              <div style={{ display: "flex", width: list, gap: 18 * unit }}>
                <Icon name="check" size={type.lead} color={brandText} stroke={3} />
                <Text fontSize={type.body} color={foreground} lines={2} style={{ width: list - type.lead - 18 * unit, lineHeight: 1.25 }}>
                  {text}
                </Text>
              </div>
            ))}
          </div>
        )}
      </div>
    </Root>
  );
}
