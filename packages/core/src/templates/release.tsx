import type { Element } from "../compose/jsx-runtime.ts";
import type { TemplateInput } from "../types.ts";
import {
  accent,
  CheckList,
  checkList,
  field,
  fieldList,
  figures,
  FittedText,
  grid,
  Headline,
  mix,
  Root,
  roughLines,
  roughWidth,
  SiteMark,
  Text,
} from "./components/index.ts";

const MOST_HIGHLIGHTS = 4;
/** Of the version, in units. */
const SMALLEST_NUMBER = 110;
const IN_TITLE = /^(.*?)(?<!\S)(v?\d+\.\d+(?:\.\d+)?(?:[-+][\w.+-]+)?)(?=$|[\s:,;])(.*)$/s;
/** What separates it from the words before it. */
const AT_END = /(?<![\s:;,·|–—-])[\s:;,·|–—-]+$/;

/**
 * A new version and the best of what is in it.
 *
 * Fields: `version` (else one in the title), `highlights` (a list, of which four are shown).
 */
export default function Release(input: TemplateInput): Element {
  const { page, theme, size, dir } = input;
  const { unit, margin, contentWidth, contentHeight, wide, type } = grid(size);
  const { brand, background, foreground, muted } = theme.colors;
  const given = field(page, "version");
  const { version, title } = given === undefined ? takenFrom(page.title) : { version: given, title: page.title };
  const highlights = fieldList(page, "highlights").slice(0, MOST_HIGHLIGHTS);
  const mark = theme.logo || theme.siteName ? 44 * unit : 0;
  const ground = theme.mode === "dark" ? 0.3 : 0.16;
  const corner = dir === "rtl" ? "100% 100%" : "0% 100%";
  const brandText = accent(theme, mix(brand, background, ground));

  const split = wide && highlights.length > 0;
  const main = split ? contentWidth * 0.54 - 56 * unit : contentWidth;
  // A long version has a second line, after a hyphen or a plus.
  const isLong = roughWidth(version ?? "") * 70 * unit > main;
  const gap = (isLong ? 26 : 12) * unit;
  const summary = version === undefined || highlights.length > 0 ? undefined : page.description;
  const summaryHeight = summary === undefined ? 0 : 20 * unit + 2 * 1.4 * type.body;
  const room = contentHeight - (mark ? mark + 36 * unit : 0);
  // The title's lines, at least three of a long one; the number gives way to them, and to the list below.
  const lines = Math.min(title === undefined ? 0 : roughLines(title, main / (48 * unit)), split ? 4 : 3);
  const texts = lines * 55 * unit + gap + summaryHeight;
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
              text={isLong ? version.replace(/[-+]/g, "$&\u200b") : version}
              width={main}
              height={number}
              max={number / 1.1}
              min={30 * unit}
              lines={isLong ? 2 : 1}
              lineHeight={1}
              style={{
                fontFamily: theme.font.heading,
                fontWeight: 700,
                color: brandText,
                ...figures(version, dir),
                ...(dir === "rtl" ? { marginRight: "-0.04em" } : { marginLeft: "-0.04em" }),
              }}
            />
          )}
          {title === undefined ? null : (
            <div style={{ display: "flex", width: main, marginTop: version === undefined ? 0 : gap }}>
              <Headline
                input={input}
                text={title}
                width={main}
                height={room - number - below - summaryHeight - gap}
                max={(version === undefined ? (split ? 84 : 104) : split ? 56 : 66) * unit}
                min={36 * unit}
                lineHeight={1.14}
              />
            </div>
          )}
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

/** The version in a title, and what of the title is left to be said beside it. */
function takenFrom(title: string): { readonly version?: string | undefined; readonly title: string | undefined } {
  const [, before = "", version, after = ""] = IN_TITLE.exec(title) ?? [];
  if (version === undefined) return { title };
  const name = before
    .replace(AT_END, "")
    .replace(/(?<!\S)(?:version|versión|versione|versão|versie|release|v)$/i, "")
    .replace(AT_END, "");
  const rest = after.replace(/^[\s:;,·|–—-]+/, "");
  if (rest) return { version, title: name === "" && /^\s?[:;,·|–—-]/.test(after) ? rest : title };
  // Such as "What's new in 3.0", which says nothing without it.
  const isSentence = name === before.trim() && /\s\p{Ll}\S*$/u.test(name);
  return { version, title: isSentence ? title : name || undefined };
}
