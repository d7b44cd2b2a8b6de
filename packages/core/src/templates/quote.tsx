import type { Element } from "../compose/jsx-runtime.ts";
import type { TemplateInput } from "../types.ts";
import {
  accent,
  Avatar,
  field,
  grid,
  Headline,
  mix,
  quotationMark,
  readable,
  Root,
  roughWidth,
  SiteMark,
  surface,
  Text,
  unquoted,
} from "./components/index.ts";

/** Where the ink of a mark in Inter's bold is, in ems: beside it at the text's start, above the baseline, and how high it is. */
const INK = {
  "“": { ltr: 0.081, rtl: 0.04, top: 0.728, height: 0.303 },
  "”": { ltr: 0.081, rtl: 0.041, top: 0.728, height: 0.303 },
  "„": { ltr: 0.059, rtl: 0.041, top: 0.11, height: 0.303 },
  "«": { ltr: 0.043, rtl: 0.043, top: 0.531, height: 0.461 },
} as const;
/** Of Inter, below the top of a line that is as high as the font size, in ems. */
const BASELINE = 0.864;

/**
 * Somebody's words, and whose they are.
 *
 * Fields: `quote` (else the title), `author` (else the page's), `role`.
 */
export default function Quote(input: TemplateInput): Element {
  const { page, theme, size, dir } = input;
  const { unit, margin, contentWidth, contentHeight, wide, type } = grid(size);
  const { brand, foreground } = theme.colors;
  const background = mix(brand, theme.colors.background, theme.mode === "dark" ? 0.14 : 0.1);
  const muted = readable(theme.colors.muted, background);
  const name = field(page, "author") ?? page.author?.name;
  const role = field(page, "role", "jobTitle");
  const hasFooter = Boolean(name || role || theme.logo || theme.siteName);
  const footer = hasFooter ? 80 * unit : 0;
  // Whose words they are comes before where they are found.
  const author = footer + 70 * unit + Math.max(roughWidth(name ?? "") * type.body, roughWidth(role ?? "") * type.label);
  const markWidth = name || role ? Math.max(0.3 * contentWidth, Math.min(contentWidth - author, 0.55 * contentWidth)) : contentWidth;
  const mark = quotationMark(page.lang, dir);
  const ink = INK[mark];
  const sign = { size: (90 * unit) / ink.height, height: 112 * unit };
  return (
    <Root input={input} style={{ padding: margin, justifyContent: "space-between", backgroundColor: background }}>
      <div
        style={{
          display: "flex",
          flexDirection: "column",
          flexGrow: 1,
          justifyContent: wide && hasFooter ? "flex-start" : "center",
          width: contentWidth,
        }}
      >
        <div style={{ display: "flex", height: sign.height, flexShrink: 0, marginBottom: 26 * unit }}>
          <div
            style={{
              display: "flex",
              fontFamily: "Inter",
              fontSize: sign.size,
              fontWeight: 700,
              lineHeight: 1,
              marginTop: sign.height - 90 * unit - (BASELINE - ink.top) * sign.size,
              [dir === "rtl" ? "marginRight" : "marginLeft"]: -ink[dir] * sign.size,
              color: accent(theme, background, 3),
            }}
          >
            {mark}
          </div>
        </div>
        <Headline
          input={input}
          text={unquoted(field(page, "quote") ?? page.title)}
          width={contentWidth}
          height={contentHeight - sign.height - footer - 72 * unit}
          max={78 * unit}
          min={38 * unit}
          color={readable(foreground, background)}
          lineHeight={1.16}
        />
      </div>
      {hasFooter ? (
        <div
          style={{
            display: "flex",
            alignItems: "center",
            justifyContent: "space-between",
            width: contentWidth,
            height: footer,
            marginTop: 40 * unit,
            gap: 48 * unit,
          }}
        >
          <div style={{ display: "flex", alignItems: "center", minWidth: 0, flexShrink: 1, gap: 22 * unit }}>
            {name ? (
              <Avatar
                name={name}
                src={name === page.author?.name ? page.author.avatar : undefined}
                size={footer}
                color={surface(theme, background)}
                lang={page.lang}
              />
            ) : null}
            <div style={{ display: "flex", flexDirection: "column", minWidth: 0 }}>
              <Text fontSize={type.body} color={readable(foreground, background)} style={{ fontWeight: 600 }}>
                {name}
              </Text>
              <Text fontSize={type.label} color={muted}>
                {role}
              </Text>
            </div>
          </div>
          <SiteMark theme={theme} height={44 * unit} color={muted} maxWidth={markWidth} />
        </div>
      ) : null}
    </Root>
  );
}
