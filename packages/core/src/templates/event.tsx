import type { Element } from "../compose/jsx-runtime.ts";
import type { TemplateInput } from "../types.ts";
import {
  accent,
  contrast,
  dateParts,
  field,
  FittedText,
  formatDate,
  gradientColors,
  grid,
  Headline,
  Icon,
  mix,
  Pattern,
  Root,
  SiteMark,
  Text,
  textOn,
} from "./components/index.ts";

/**
 * When, where and what: a sheet of a calendar beside the title.
 *
 * Fields: `startDate` (else the page's date; a time in it counts), `time`, `place` or `location`.
 */
export default function Event(input: TemplateInput): Element {
  const { page, theme, size, dir } = input;
  const { unit, margin, width, height, contentWidth, wide, type } = grid(size);
  const { brand, background, foreground, muted } = theme.colors;
  const [, , middle = brand] = gradientColors(brand).stops;
  const paper = contrast(middle, background) < 1.2 ? mix(foreground, background, 0.14) : middle;
  const onPaper = textOn(paper);
  const date = field(page, "startDate") ?? page.date;
  const parts = date === undefined ? undefined : dateParts(date, page.lang);
  const time = field(page, "time") ?? parts?.time;
  const place = field(page, "place", "location");
  const when = parts
    ? [parts.weekday, time].filter(Boolean).join(" · ")
    : [date && formatDate(date, page.lang), time].filter(Boolean).join(" · ");
  const mark = theme.logo || theme.siteName ? 44 * unit : 0;

  const sheet = wide ? { width: Math.round(400 * unit), height } : { width, height: Math.round(height * 0.4) };
  const text = wide
    ? { width: width - sheet.width - 64 * unit - margin, height: height - 2 * margin }
    : { width: contentWidth, height: height - sheet.height - margin - 64 * unit };
  const day = Math.min(260 * unit, sheet.height - 1.5 * margin - 115 * unit);
  const start = dir === "rtl" ? "right" : "left";
  const end = dir === "rtl" ? "left" : "right";
  const facts = Number(Boolean(when)) + Number(Boolean(place));
  const icon = type.lead;
  const fact = (name: "clock" | "place", words: string | undefined) =>
    words ? (
      <div style={{ display: "flex", alignItems: "center", width: text.width, gap: 18 * unit, marginTop: 18 * unit }}>
        <Icon name={name} size={icon} color={accent(theme, background, 3)} />
        <Text fontSize={type.body} color={foreground} style={{ width: text.width - icon - 18 * unit, fontWeight: 500 }}>
          {words}
        </Text>
      </div>
    ) : null;
  return (
    <Root input={input}>
      <div
        style={{
          position: "absolute",
          display: "flex",
          flexDirection: "column",
          alignItems: "center",
          justifyContent: "center",
          top: 0,
          [start]: 0,
          ...sheet,
          backgroundColor: paper,
          color: onPaper,
        }}
      >
        {parts ? (
          <>
            <FittedText
              text={parts.month}
              width={sheet.width - 80 * unit}
              height={64 * unit}
              max={46 * unit}
              min={26 * unit}
              lines={1}
              style={{ fontWeight: 600, textAlign: "center", letterSpacing: 0 }}
            />
            <div
              style={{
                display: "flex",
                fontFamily: theme.font.heading,
                fontSize: day,
                lineHeight: 1,
                fontWeight: 700,
                letterSpacing: day * -0.035,
              }}
            >
              {parts.day}
            </div>
            <div style={{ display: "flex", fontSize: 38 * unit, lineHeight: 1.3, fontWeight: 500 }}>{parts.year}</div>
          </>
        ) : (
          <Pattern
            kind="dots"
            color={mix(onPaper, paper, 0.34)}
            background={paper}
            {...sheet}
            step={Math.round(40 * unit)}
            stroke={5 * unit}
            fade={wide ? "bottom" : "start"}
            dir={dir}
            style={{ left: 0, top: 0 }}
          />
        )}
      </div>
      <div
        style={{
          position: "absolute",
          display: "flex",
          flexDirection: "column",
          bottom: margin,
          [end]: margin,
          ...text,
        }}
      >
        <div style={{ display: "flex", flexDirection: "column", flexGrow: 1, justifyContent: "center", width: text.width }}>
          <Headline
            input={input}
            width={text.width}
            height={text.height - facts * 64 * unit - (facts ? 12 * unit : 0) - (mark ? mark + 36 * unit : 0)}
            max={(wide ? 72 : 84) * unit}
            min={38 * unit}
          />
          <div style={{ display: "flex", flexDirection: "column", width: text.width, marginTop: facts ? 12 * unit : 0 }}>
            {fact("clock", when)}
            {fact("place", place)}
          </div>
        </div>
        <SiteMark theme={theme} height={mark} color={muted} maxWidth={text.width} />
      </div>
    </Root>
  );
}
