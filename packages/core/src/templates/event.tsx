import type { Element } from "../compose/jsx-runtime.ts";
import type { TemplateInput } from "../types.ts";
import {
  accent,
  contrast,
  dateParts,
  field,
  figures,
  FittedText,
  formatDate,
  gradientColors,
  grid,
  Headline,
  Icon,
  mix,
  Pattern,
  Root,
  roughLines,
  roughWidth,
  SiteMark,
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

  // On a flat sheet the month and the year stand beside the day.
  const flat = !wide && height < 1.3 * width;
  const sheet = wide ? { width: Math.round(400 * unit), height } : { width, height: Math.round(height * (flat ? 0.34 : 0.4)) };
  const text = wide
    ? { width: width - sheet.width - 64 * unit - margin, height: height - 2 * margin }
    : { width: contentWidth, height: height - sheet.height - margin - (flat ? 48 : 64) * unit };
  const day = Math.min(260 * unit, sheet.height - (flat ? margin : 1.5 * margin + 115 * unit));
  const monthWidth = flat ? contentWidth - roughWidth(parts?.day ?? "") * day - 32 * unit : sheet.width - 80 * unit;
  const start = dir === "rtl" ? "right" : "left";
  const end = dir === "rtl" ? "left" : "right";
  const icon = type.lead;
  const factWidth = text.width - icon - 18 * unit;
  const factLine = Math.ceil(1.3 * type.body);
  const facts = (
    [
      ["clock", when || undefined],
      ["place", place],
    ] as const
  ).flatMap(([name, words]) =>
    words === undefined ? [] : [{ name, words, lines: Math.min(2, roughLines(words, factWidth / type.body)) }],
  );
  const factsHeight = facts.reduce((sum, { lines }) => sum + lines * factLine + 18 * unit, facts.length > 0 ? 12 * unit : 0);
  const aboveMark = mark ? 36 * unit : 0;
  const dayNumber = (
    <div
      style={{
        display: "flex",
        flexShrink: 0,
        fontFamily: theme.font.heading,
        fontSize: day,
        lineHeight: 1,
        fontWeight: 700,
        letterSpacing: day * -0.035,
        ...figures(parts?.day ?? "", dir),
        // Its first digit stands above the title's first letter.
        ...(flat ? { [dir === "rtl" ? "marginRight" : "marginLeft"]: day * -0.04 } : {}),
      }}
    >
      {parts?.day}
    </div>
  );
  return (
    <Root input={input}>
      <div
        style={{
          position: "absolute",
          display: "flex",
          flexDirection: flat ? "row" : "column",
          alignItems: "center",
          justifyContent: flat ? "flex-start" : "center",
          gap: flat ? 32 * unit : 0,
          padding: flat ? `0 ${margin}px` : 0,
          top: 0,
          [start]: 0,
          ...sheet,
          backgroundColor: paper,
          color: onPaper,
        }}
      >
        {parts ? (
          <>
            {flat ? dayNumber : null}
            <div style={{ display: "flex", flexDirection: "column", alignItems: flat ? "flex-start" : "center" }}>
              <FittedText
                text={parts.month}
                width={monthWidth}
                height={(flat ? 96 : 64) * unit}
                max={(flat ? 68 : 46) * unit}
                min={26 * unit}
                lines={1}
                style={{ fontWeight: 600, textAlign: flat ? "start" : "center", letterSpacing: 0 }}
              />
              {flat ? null : dayNumber}
              <div style={{ display: "flex", fontSize: (flat ? 48 : 38) * unit, lineHeight: 1.3, fontWeight: 500 }}>{parts.year}</div>
            </div>
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
        <div
          style={{
            display: "flex",
            flexDirection: "column",
            flexGrow: 1,
            justifyContent: "center",
            width: text.width,
            paddingBottom: aboveMark,
          }}
        >
          <Headline
            input={input}
            width={text.width}
            height={text.height - factsHeight - mark - aboveMark}
            max={(wide ? 72 : 84) * unit}
            min={34 * unit}
          />
          <div style={{ display: "flex", flexDirection: "column", width: text.width, marginTop: facts.length > 0 ? 12 * unit : 0 }}>
            {facts.map(({ name, words, lines }) => (
              <div style={{ display: "flex", width: text.width, gap: 18 * unit, marginTop: 18 * unit }}>
                <Icon name={name} size={icon} color={accent(theme, background, 3)} />
                <FittedText
                  text={words}
                  width={factWidth}
                  height={lines * factLine}
                  lines={lines}
                  max={type.body}
                  min={type.body * 0.86}
                  lineHeight={1.25}
                  balanced={false}
                  style={{ letterSpacing: 0, fontWeight: 500, color: foreground }}
                />
              </div>
            ))}
          </div>
        </div>
        <SiteMark theme={theme} height={mark} color={muted} maxWidth={text.width} />
      </div>
    </Root>
  );
}
