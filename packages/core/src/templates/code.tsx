import type { Element } from "../compose/jsx-runtime.ts";
import type { Page, TemplateInput } from "../types.ts";
import { codeColors, field, grid, Headline, highlight, mix, oklch, Root, shade, SiteMark, Text, type Token } from "./components/index.ts";

const MONO = "JetBrains Mono";
/** Of JetBrains Mono, in em: every character is as wide. */
const CHARACTER = 0.6;
const LINE = 1.42;
/** Lines and characters that are looked at; no card shows more. */
const MOST_LINES = 40;
const MOST_COLUMNS = 160;

/**
 * A title over a piece of code in an editor.
 *
 * Fields: `code` (a text of several lines, or a fenced block), `language` or `lang` (of the code, such as `ts`; in the `og:` map only, as
 * they are the page's elsewhere: there it is `codeLanguage`), `filename`.
 */
export default async function Code(input: TemplateInput): Promise<Element> {
  const { page, theme, size } = input;
  const { unit, margin, height, contentWidth, wide } = grid(size);
  const { brand, background, foreground } = theme.colors;
  const { code, language } = snippet(page);
  const filename = field(page, "filename");
  const mark = theme.logo || theme.siteName ? 40 * unit : 0;
  const markWidth = contentWidth * (wide ? 0.24 : 1);

  // Always dark, like most editors: on a light card it is what the eye goes to.
  const panel = shade(brand, theme.mode === "dark" ? 0.13 : 0.2, Math.min(0.03, oklch(brand).c));
  const colors = codeColors(brand, panel);
  const bar = 48 * unit;
  const pad = 32 * unit;
  const leastTitle = (wide ? 136 : 170) * unit;
  const gaps = (wide ? 32 : mark ? 80 : 40) * unit + (wide ? 0 : mark);
  const smallest = 24 * unit;

  const lines = (code ?? "")
    .split("\n")
    .slice(0, MOST_LINES)
    .map((line) => Array.from(line).slice(0, MOST_COLUMNS).join(""));
  const longest = Math.max(1, ...lines.map(columnsOf));
  const most = height - margin - leastTitle - gaps;
  const above = bar + pad * 0.6;
  // A window of more code than it can show runs off the card, as it always does on a wide one.
  const open = wide || lines.length * smallest * LINE > most - margin - above - pad;
  const below = open ? Math.max(40, margin * 0.6) : margin + pad;
  const room = { width: contentWidth - 2 * pad, height: most - above - below };
  const largest = Math.max(40, 68 - 8 * lines.length) * unit;
  const fontSize = Math.max(smallest, Math.min(largest, room.width / longest / CHARACTER, room.height / lines.length / LINE));
  const line = fontSize * LINE;
  const shown = Math.min(lines.length, Math.max(1, Math.floor(room.height / line)));
  const columns = Math.floor(room.width / (fontSize * CHARACTER) + 0.01);
  /** What goes on below them is in the margin, where text would be cut: as shapes. */
  const hinted = open ? Math.ceil((room.height + below) / line) : shown;
  const tokens = code === undefined ? undefined : await highlight(lines.slice(0, hinted).join("\n"), language);
  const window = {
    width: contentWidth,
    height: open ? most : above + pad + (tokens ? shown * line : Math.min(room.height, MOST_SKETCHED * 48 * unit)),
  };
  const title = wide ? leastTitle : height - margin - gaps - window.height - (open ? 0 : margin);
  const radius = 20 * unit;
  const dot = 15 * unit;
  return (
    <Root
      input={input}
      style={{
        padding: `${margin}px ${margin}px ${open ? 0 : margin}px`,
        backgroundColor: mix(brand, background, theme.mode === "dark" ? 0.2 : 0.1),
      }}
    >
      {wide || !mark ? null : (
        <div style={{ display: "flex", width: contentWidth, height: mark }}>
          <SiteMark theme={theme} height={mark} color={foreground} maxWidth={markWidth} />
        </div>
      )}
      <div style={{ display: "flex", flexDirection: "column", flexGrow: 1, justifyContent: "center", width: contentWidth }}>
        <div
          style={{
            display: "flex",
            alignItems: wide ? "center" : "flex-end",
            justifyContent: "space-between",
            width: contentWidth,
            ...(wide ? { height: title } : {}),
            marginBottom: (wide ? 32 : 40) * unit,
            gap: 40 * unit,
          }}
        >
          <Headline
            input={input}
            width={contentWidth - (wide && mark ? markWidth + 40 * unit : 0)}
            height={title}
            max={(wide ? 60 : 96) * unit}
            min={34 * unit}
          />
          {wide ? <SiteMark theme={theme} height={mark} color={foreground} maxWidth={markWidth} /> : null}
        </div>
        <div
          style={{
            display: "flex",
            flexDirection: "column",
            flexShrink: 0,
            ...window,
            borderTopLeftRadius: radius,
            borderTopRightRadius: radius,
            ...(open ? {} : { borderBottomLeftRadius: radius, borderBottomRightRadius: radius }),
            backgroundColor: panel,
            direction: "ltr",
          }}
        >
          <div
            style={{
              display: "flex",
              alignItems: "center",
              width: contentWidth,
              height: bar,
              flexShrink: 0,
              boxSizing: "border-box",
              padding: `${12 * unit}px ${pad}px 0`,
              gap: dot * 0.7,
            }}
          >
            {[colors.keyword, colors.string, colors.number].map((color) => (
              <div style={{ width: dot, height: dot, flexShrink: 0, borderRadius: dot / 2, backgroundColor: mix(color, panel, 0.8) }} />
            ))}
            <Text fontSize={24 * unit} color={colors.comment} style={{ marginLeft: 12 * unit, fontFamily: MONO }}>
              {filename}
            </Text>
          </div>
          <div style={{ display: "flex", flexDirection: "column", padding: `${pad * 0.6}px ${pad}px 0` }}>
            {tokens ? (
              tokens.map((line, index) => {
                const Line = index < shown ? CodeLine : CodeShape;
                return <Line tokens={clipped(line, columns)} fontSize={fontSize} colors={colors} panel={panel} />;
              })
            ) : (
              <Sketch width={room.width} height={room.height} unit={unit} colors={colors} panel={panel} />
            )}
          </div>
        </div>
      </div>
    </Root>
  );
}

interface LineProps {
  readonly tokens: readonly Token[];
  readonly fontSize: number;
  readonly colors: ReturnType<typeof codeColors>;
  readonly panel: string;
}

function CodeLine(props: LineProps): Element {
  const { tokens, fontSize, colors } = props;
  return (
    <div style={{ display: "block", height: fontSize * LINE, fontFamily: MONO, fontSize, lineHeight: LINE, whiteSpace: "pre" }}>
      {tokens.map(({ kind, text }) => (
        <span style={{ color: colors[kind], fontWeight: kind === "keyword" ? 600 : 400 }}>{text}</span>
      ))}
    </div>
  );
}

/** What a line looks like from afar. */
function CodeShape({ tokens, fontSize, colors, panel }: LineProps): Element {
  const words = tokens.flatMap(({ kind, text }) => text.split(/(\s+)/).map((word) => ({ kind, word })));
  return (
    <div style={{ display: "flex", alignItems: "center", height: fontSize * LINE, flexShrink: 0 }}>
      {words.map(({ kind, word }) => (
        <div
          style={{
            width: columnsOf(word) * CHARACTER * fontSize,
            height: fontSize * 0.5,
            flexShrink: 0,
            borderRadius: fontSize * 0.25,
            ...(word.trim() === "" || kind === "sign" ? {} : { backgroundColor: mix(colors[kind], panel, 0.5) }),
          }}
        />
      ))}
    </div>
  );
}

/** Indent and words of a line, as shares of the width. */
interface SketchLine {
  readonly indent: number;
  readonly words: readonly (readonly [kind: Token["kind"], share: number])[];
}

const SKETCH: readonly SketchLine[] = [
  {
    indent: 0,
    words: [
      ["keyword", 0.1],
      ["plain", 0.16],
      ["string", 0.22],
    ],
  },
  {
    indent: 0,
    words: [
      ["keyword", 0.08],
      ["name", 0.14],
      ["sign", 0.03],
      ["plain", 0.2],
    ],
  },
  {
    indent: 0.05,
    words: [
      ["name", 0.18],
      ["string", 0.3],
      ["sign", 0.03],
    ],
  },
  {
    indent: 0.05,
    words: [
      ["keyword", 0.08],
      ["plain", 0.12],
      ["number", 0.08],
    ],
  },
  {
    indent: 0.1,
    words: [
      ["name", 0.12],
      ["plain", 0.26],
      ["string", 0.14],
    ],
  },
  {
    indent: 0.05,
    words: [
      ["sign", 0.03],
      ["comment", 0.32],
    ],
  },
  {
    indent: 0,
    words: [
      ["plain", 0.05],
      ["keyword", 0.1],
      ["name", 0.2],
    ],
  },
];

const MOST_SKETCHED = 12;

/** Where there is no code: what some looks like from afar. */
function Sketch(props: {
  readonly width: number;
  readonly height: number;
  readonly unit: number;
  readonly colors: ReturnType<typeof codeColors>;
  readonly panel: string;
}): Element {
  const { width, height, unit, colors, panel } = props;
  const lines = Array.from(
    { length: Math.min(MOST_SKETCHED, Math.floor(height / (48 * unit))) },
    (_, index) => SKETCH[index % SKETCH.length] as SketchLine,
  );
  return (
    <div style={{ display: "flex", flexDirection: "column", gap: 28 * unit, marginTop: 10 * unit }}>
      {lines.map(({ indent, words }) => (
        <div style={{ display: "flex", gap: 16 * unit, marginLeft: indent * width }}>
          {words.map(([kind, share]) => (
            <div
              style={{ width: share * width, height: 20 * unit, borderRadius: 10 * unit, backgroundColor: mix(colors[kind], panel, 0.7) }}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

/** A line that is too long ends in an ellipsis. */
function clipped(tokens: readonly Token[], columns: number): readonly Token[] {
  if (columnsOf(tokens.map(({ text }) => text).join("")) <= columns) return tokens;
  let left = columns - 1;
  const kept = tokens.map(({ kind, text }): Token => {
    const fitting = Array.from(text).filter((character) => (left -= columnsOf(character)) >= 0);
    return { kind, text: fitting.join("") };
  });
  return [...kept.filter(({ text }) => text !== ""), { kind: "comment", text: "…" }];
}

const FENCED = /^\s*(`{3,}|~{3,})[ \t]*([^\s`{]*)[^\n]*\n([\s\S]*?)\n?[ \t]*\1\s*$/;

function snippet(page: Page): { readonly code: string | undefined; readonly language: string | undefined } {
  const given = field(page, "code")?.replace(/\r\n?/g, "\n").replaceAll("\t", "  ");
  const [, , fencedLanguage, fencedCode] = FENCED.exec(given ?? "") ?? [];
  return { code: fencedCode ?? given, language: field(page, "og.language", "og.lang", "codeLanguage") ?? fencedLanguage };
}

/** Han and the like take two columns, near enough. */
function columnsOf(text: string): number {
  return (
    Array.from(text).length +
    (text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}]/gu)?.length ?? 0)
  );
}
