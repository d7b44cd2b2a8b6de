import type { Element } from "../compose/jsx-runtime.ts";
import type { TemplateInput } from "../types.ts";
import { accent, field, fieldRows, FittedText, grid, Headline, mix, ownOrder, readable, Root, SiteMark, Text } from "./components/index.ts";

const MOST_OTHERS = 3;
/** Of the bars behind the number, the last one at the page's end: shares of the card's height. */
const BARS = [0.16, 0.24, 0.2, 0.36, 0.5, 0.68, 0.88];

/** Font size of the caption, in units; and about how wide a character is, in ems. */
const SMALLEST_CAPTION = 31;
const ADVANCE = 0.55;

/**
 * One number, and what it counts.
 *
 * Fields: `value`, `caption` (else the title), `stats` (a list of up to three more, each with `value` and `caption`).
 */
export default function Stats(input: TemplateInput): Element {
  const { page, theme, size, dir } = input;
  const { unit, margin, width, height, contentWidth, contentHeight, wide, type } = grid(size);
  const { brand, background, foreground, muted } = theme.colors;
  const value = field(page, "value");
  const caption = field(page, "caption");
  const others = fieldRows(page, "stats")
    .filter((row) => row["value"] !== undefined)
    .slice(0, MOST_OTHERS);
  const title = value === undefined || caption !== undefined ? page.title : undefined;
  const mark = theme.logo || theme.siteName ? 44 * unit : 0;
  const tint = mix(brand, background, theme.mode === "dark" ? 0.15 : 0.08);
  const aboveFooter = 26 * unit;
  const footer = others.length > 0 ? (wide ? 106 : 146) * unit + aboveFooter : 0;
  const top = mark ? mark + 36 * unit : 0;
  const bar = (width * (wide ? 0.56 : 1)) / BARS.length;
  const column = (contentWidth - 48 * unit * (others.length - 1)) / others.length;
  const text = caption ?? page.title;
  const captionWidth = contentWidth * (wide ? 0.9 : 1);
  const isLong = Array.from(text).length * ADVANCE * SMALLEST_CAPTION * unit > captionWidth;
  const texts = ((title ? 45 : 0) + (isLong ? 92 : 60)) * unit;
  // A low card has less room for it.
  const number = Math.min((wide ? (others.length > 0 ? 176 : 250) : 280) * unit, contentHeight - top - footer - texts);
  return (
    <Root input={input} style={{ padding: margin }}>
      {BARS.map((share, index) => (
        <div
          style={{
            position: "absolute",
            bottom: 0,
            [dir === "rtl" ? "left" : "right"]: Math.round((BARS.length - 1 - index) * bar),
            width: Math.round(bar - 10 * unit),
            height: Math.round(height * share * (wide ? 1 : 0.7)),
            backgroundColor: tint,
          }}
        />
      ))}
      {mark ? (
        <div style={{ display: "flex", position: "relative", width: contentWidth, height: mark, marginBottom: 36 * unit }}>
          <SiteMark theme={theme} height={mark} color={foreground} maxWidth={contentWidth} />
        </div>
      ) : null}
      <div
        style={{
          display: "flex",
          position: "relative",
          flexDirection: "column",
          flexGrow: 1,
          justifyContent: "center",
          width: contentWidth,
        }}
      >
        {value === undefined ? (
          <Headline
            input={input}
            width={contentWidth}
            height={contentHeight - top - footer}
            max={104 * unit}
            min={44 * unit}
            color={readable(foreground, tint)}
          />
        ) : (
          <>
            <Text fontSize={type.lead} color={readable(muted, tint)} style={{ width: contentWidth, fontWeight: 600 }}>
              {title}
            </Text>
            <FittedText
              text={value}
              width={contentWidth}
              height={number}
              max={number / 1.05}
              min={Math.min(90 * unit, number / 1.05)}
              lines={1}
              lineHeight={1.05}
              style={{
                fontFamily: theme.font.heading,
                fontWeight: 700,
                color: accent(theme, tint),
                ...ownOrder(value, dir),
                ...(dir === "rtl" ? { marginRight: "-0.05em" } : { marginLeft: "-0.05em" }),
              }}
            />
            <FittedText
              text={text}
              width={captionWidth}
              height={Math.max(60 * unit, contentHeight - top - footer - number - (title ? 45 : 0) * unit)}
              max={48 * unit}
              min={SMALLEST_CAPTION * unit}
              lineHeight={1.22}
              style={{ fontWeight: 600, color: readable(foreground, tint) }}
            />
          </>
        )}
      </div>
      {others.length > 0 ? (
        <div
          style={{
            display: "flex",
            position: "relative",
            width: contentWidth,
            height: footer - aboveFooter,
            marginTop: aboveFooter,
            gap: 48 * unit,
          }}
        >
          {others.map((row) => (
            <div style={{ display: "flex", flexDirection: "column", width: column }}>
              <div style={{ display: "flex", alignItems: "flex-end", height: 65 * unit, flexShrink: 0 }}>
                <FittedText
                  text={row["value"] ?? ""}
                  width={column}
                  height={65 * unit}
                  max={52 * unit}
                  min={24 * unit}
                  lines={1}
                  lineHeight={1.25}
                  style={{ fontWeight: 700, color: readable(foreground, tint), ...ownOrder(row["value"] ?? "", dir) }}
                />
              </div>
              <Text fontSize={type.label} color={readable(muted, tint)} lines={wide ? 1 : 2}>
                {row["caption"]}
              </Text>
            </div>
          ))}
        </div>
      ) : null}
    </Root>
  );
}
