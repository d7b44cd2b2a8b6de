import type { Element } from "../compose/jsx-runtime.ts";
import type { Page, TemplateInput } from "../types.ts";
import {
  accent,
  field,
  fieldList,
  grid,
  Headline,
  mix,
  Pattern,
  Root,
  roughWidth,
  SiteMark,
  summaryUnder,
  Text,
} from "./components/index.ts";

/** Of any character in JetBrains Mono, in ems. */
const MONO_ADVANCE = 0.6;

/**
 * A page of documentation: where it stands, what it is called, what it tells.
 *
 * Fields: `breadcrumb` (a list, else the folders of the page's address), `section` (else the first tag), `version`.
 */
export default function Docs(input: TemplateInput): Element {
  const { page, theme, size, dir } = input;
  const { unit, margin, width, height, contentWidth, contentHeight, wide, type } = grid(size);
  const { brand, background, foreground, muted } = theme.colors;
  const trail = breadcrumb(page);
  const version = field(page, "version");
  const versionWidth =
    version === undefined ? 0 : Math.min(contentWidth * 0.45, Array.from(version).length * MONO_ADVANCE * type.label + 1);
  const rule = Math.round(12 * unit);
  const top = 48 * unit;
  const hasTop = Boolean(theme.logo || theme.siteName || version);
  const texts = {
    width: contentWidth,
    height: contentHeight - (hasTop ? top + 40 * unit : 0) - (trail.length > 0 ? 56 * unit : 0),
    min: 42 * unit,
  };
  const summary = summaryUnder(page.title, {
    summary: page.description,
    ...texts,
    fontSize: type.body,
    lines: wide ? 3 : 6,
    gap: 26 * unit,
  });
  const side = dir === "rtl" ? { right: 0 } : { left: 0 };
  const patternWidth = Math.round(width * (wide ? 0.62 : 1));
  return (
    <Root input={input} style={{ padding: margin, justifyContent: "space-between" }}>
      <Pattern
        kind="grid"
        color={mix(theme.mode === "dark" ? foreground : brand, background, theme.mode === "dark" ? 0.1 : 0.13)}
        background={background}
        width={patternWidth}
        height={wide ? height : Math.round(height * 0.5)}
        step={Math.round(48 * unit)}
        stroke={Math.max(1, Math.round(1.5 * unit))}
        fade={wide ? "start" : "bottom"}
        dir={dir}
        style={{ top: 0, ...(dir === "rtl" ? { left: 0 } : { right: 0 }) }}
      />
      <div style={{ position: "absolute", ...side, top: 0, width: rule, height, backgroundColor: accent(theme, background, 1.6) }} />
      <div
        style={{
          display: "flex",
          position: "relative",
          alignItems: "center",
          justifyContent: "space-between",
          width: contentWidth,
          height: hasTop ? top : 0,
        }}
      >
        <SiteMark
          theme={theme}
          height={44 * unit}
          color={foreground}
          maxWidth={contentWidth - versionWidth - (version === undefined ? 0 : 48 * unit)}
        />
        <Text fontSize={type.label} color={muted} style={{ fontFamily: "JetBrains Mono", fontWeight: 500, maxWidth: versionWidth }}>
          {version}
        </Text>
      </div>
      <div
        style={{
          display: "flex",
          position: "relative",
          flexDirection: "column",
          width: contentWidth,
          ...(hasTop ? {} : { flexGrow: 1, justifyContent: "center" }),
        }}
      >
        <Breadcrumb
          trail={trail}
          fontSize={type.label}
          width={contentWidth}
          color={accent(theme, background)}
          muted={muted}
          gap={22 * unit}
        />
        <Headline input={input} {...texts} height={texts.height - summary.height} max={92 * unit} />
        <Text
          fontSize={type.body}
          color={muted}
          lines={summary.lines}
          style={{ width: contentWidth * (wide ? 0.86 : 1), marginTop: 22 * unit }}
        >
          {page.description}
        </Text>
      </div>
    </Root>
  );
}

/** What leads to the page, without the page itself. */
function breadcrumb(page: Page): readonly string[] {
  const given = fieldList(page, "breadcrumb");
  if (given.length > 0) return given;
  const folders = page.id
    .split("/")
    .slice(0, -1)
    .filter((folder, index) => index > 0 || !isLanguage(folder, page.lang))
    .map((folder) => folder.replace(/[-_]+/g, " ").replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()));
  const section = field(page, "section") ?? (folders.length === 0 ? page.tags[0] : undefined);
  return section === undefined || folders.includes(section) ? folders : [...folders, section];
}

/** `pt-br` of a page in `pt-BR`, `zh` of one in `zh-CN`. */
function isLanguage(folder: string, lang = ""): boolean {
  return `${lang}-`.toLowerCase().startsWith(`${folder}-`.toLowerCase());
}

/** What stands between two names, in ems. */
const SEPARATOR = 1.1;

/** The last three names or as many as fit a line, and at least one: those near the page tell most. */
function lastNames(trail: readonly string[], ems: number): readonly string[] {
  const widthOf = (names: readonly string[]) => names.reduce((width, name) => width + roughWidth(name), (names.length - 1) * SEPARATOR);
  return [3, 2].map((count) => trail.slice(-count)).find((names) => widthOf(names) <= ems) ?? trail.slice(-1);
}

function Breadcrumb(props: {
  readonly trail: readonly string[];
  readonly fontSize: number;
  readonly width: number;
  readonly color: string;
  readonly muted: string;
  readonly gap: number;
}): Element | null {
  const { trail, fontSize, width, color, muted, gap } = props;
  if (trail.length === 0) return null;
  const shown = lastNames(trail, width / fontSize);
  return (
    <div style={{ display: "flex", alignItems: "center", maxWidth: width, marginBottom: gap, gap: fontSize * 0.3 }}>
      {shown.map((text, index) => {
        const last = index === shown.length - 1;
        return (
          <div style={{ display: "flex", alignItems: "center", minWidth: 0, flexShrink: last ? 1 : 2, gap: fontSize * 0.3 }}>
            {index === 0 ? null : <div style={{ display: "flex", fontSize: fontSize * 1.1, lineHeight: 1, color: muted }}>›</div>}
            <Text fontSize={fontSize} color={last ? color : muted} style={{ fontWeight: last ? 600 : 500, minWidth: 0 }}>
              {text}
            </Text>
          </div>
        );
      })}
    </div>
  );
}
