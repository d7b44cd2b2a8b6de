import type { Element } from "../compose/jsx-runtime.ts";
import type { TemplateInput } from "../types.ts";
import {
  accent,
  field,
  fieldRows,
  figures,
  FittedText,
  grid,
  Headline,
  mix,
  readable,
  Root,
  roughLines,
  roughWidth,
  SiteMark,
} from "./components/index.ts";

const MOST_OTHERS = 3;
/** Of the bars behind the number, the last one at the page's end: shares of the card's height. */
const BARS = [0.16, 0.24, 0.2, 0.36, 0.5, 0.68, 0.88];

/** Font size of the caption, in units. */
const SMALLEST_CAPTION = 31;
/** Above and below the number, in units. */
const GAP = 16;

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
  const title = value !== undefined && caption !== undefined ? page.title : undefined;
  const mark = theme.logo || theme.siteName ? 44 * unit : 0;
  const tint = mix(brand, background, theme.mode === "dark" ? 0.15 : 0.08);
  const room = contentHeight - (mark ? mark + 36 * unit : 0);
  // Where there is little room, all else is smaller for the number's sake.
  const isCrowded = contentHeight < 460 * unit || (wide && others.length > 0 && roughLines(title ?? "", contentWidth / type.lead) > 1);
  const small = (isCrowded ? 0.8 : 1) * unit;

  const column = (contentWidth - 48 * unit * (others.length - 1)) / others.length;
  const otherSize = Math.min(52 * small, ...others.map((row) => column / roughWidth(row["value"] ?? "")));
  const otherLine = Math.ceil(1.3 * type.label);
  const otherLines = Math.min(wide ? 2 : 3, Math.max(...others.map((row) => roughLines(row["caption"] ?? "", column / type.label))));
  const footer = others.length > 0 ? 65 * small + otherLines * otherLine : 0;
  const main = room - (footer ? footer + 26 * small : 0);

  const titleLines = title === undefined ? 0 : Math.min(roughLines(title, contentWidth / (36 * small)), wide ? 2 : 4);
  const titleSize = Math.max(type.label, (titleLines > 1 && wide ? 31 : 36) * small);
  const titleHeight = titleLines * Math.ceil(1.25 * titleSize);
  const text = caption ?? page.title;
  const captionWidth = contentWidth * (wide ? 0.9 : 1);
  const captionLines = roughLines(text, captionWidth / (SMALLEST_CAPTION * unit));
  const left = main - titleHeight - 2 * GAP * unit;
  // The caption has two lines, and more where the number is large all the same.
  const largest = left - (captionLines > 1 ? 80 : 60) * small;
  const number = Math.min(
    (wide ? (others.length > 0 ? 176 : 250) : 280) * unit,
    largest,
    Math.max(120 * unit, left - captionLines * 40 * unit),
  );
  const bar = (width * (wide ? 0.56 : 1)) / BARS.length;
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
          <Headline input={input} width={contentWidth} height={main} max={104 * unit} min={44 * unit} color={readable(foreground, tint)} />
        ) : (
          <>
            {title === undefined ? null : (
              <FittedText
                text={title}
                width={contentWidth}
                height={titleHeight}
                lines={titleLines}
                max={titleSize}
                min={Math.min(titleSize, type.label)}
                lineHeight={1.25}
                balanced={false}
                style={{ letterSpacing: 0, fontWeight: 600, color: readable(muted, tint) }}
              />
            )}
            <FittedText
              text={value}
              width={contentWidth}
              height={number}
              max={number}
              min={Math.min(44 * unit, number)}
              lines={1}
              lineHeight={1}
              style={{
                fontFamily: theme.font.heading,
                fontWeight: 700,
                color: accent(theme, tint),
                marginTop: title === undefined ? 0 : GAP * unit,
                marginBottom: GAP * unit,
                ...figures(value, dir),
                ...(dir === "rtl" ? { marginRight: "-0.05em" } : { marginLeft: "-0.05em" }),
              }}
            />
            <FittedText
              text={text}
              width={captionWidth}
              height={left - number}
              max={48 * small}
              min={Math.min(SMALLEST_CAPTION * unit, 48 * small)}
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
            height: footer,
            marginTop: 26 * small,
            gap: 48 * unit,
          }}
        >
          {others.map((row) => (
            <div style={{ display: "flex", flexDirection: "column", width: column }}>
              <FittedText
                text={row["value"] ?? ""}
                width={column}
                height={65 * small}
                max={otherSize}
                min={otherSize * 0.7}
                lines={1}
                lineHeight={1.25}
                style={{ fontWeight: 700, color: readable(foreground, tint), ...figures(row["value"] ?? "", dir) }}
              />
              {row["caption"] === undefined ? null : (
                <FittedText
                  text={row["caption"]}
                  width={column}
                  height={otherLines * otherLine}
                  lines={otherLines}
                  max={type.label}
                  min={type.label * 0.86}
                  lineHeight={1.25}
                  balanced={false}
                  style={{ letterSpacing: 0, color: readable(muted, tint) }}
                />
              )}
            </div>
          ))}
        </div>
      ) : null}
    </Root>
  );
}
