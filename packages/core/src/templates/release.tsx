import type { Element } from "../compose/jsx-runtime.ts";
import type { TemplateInput } from "../types.ts";
import {
  accent,
  CheckList,
  checkList,
  field,
  fieldList,
  FittedText,
  grid,
  Headline,
  mix,
  Root,
  roughLines,
  SiteMark,
  Text,
} from "./components/index.ts";

const MOST_HIGHLIGHTS = 4;
/** Of the version, in units. */
const SMALLEST_NUMBER = 110;

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
  const main = split ? contentWidth * 0.54 - 56 * unit : contentWidth;
  const summary = version === undefined || highlights.length > 0 ? undefined : page.description;
  const summaryHeight = summary === undefined ? 0 : 20 * unit + 2 * 1.4 * type.body;
  const room = contentHeight - (mark ? mark + 36 * unit : 0);
  // The title's lines, at least three of a long one; the number gives way to them, and to the list below.
  const lines = Math.min(roughLines(page.title, main / (48 * unit)), split ? 4 : 3);
  const texts = lines * 55 * unit + 12 * unit + summaryHeight;
  const list = checkList(highlights, {
    width: split ? contentWidth * 0.46 : contentWidth,
    height: split ? room : room - texts - (SMALLEST_NUMBER + 44) * unit,
    fontSize: type.body,
  });
  const below = split || highlights.length === 0 ? 0 : list.height + 44 * unit;
  const number = version === undefined ? 0 : Math.max(SMALLEST_NUMBER * unit, Math.min((split ? 220 : 260) * unit, room - texts - below));
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
              height={room - number - below - summaryHeight - 12 * unit}
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
          <div style={{ display: "flex", marginTop: split ? 0 : 44 * unit }}>
            <CheckList list={list} color={foreground} tickColor={brandText} />
          </div>
        )}
      </div>
    </Root>
  );
}
