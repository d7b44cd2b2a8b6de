import type { Element } from "../compose/jsx-runtime.ts";
import type { TemplateInput } from "../types.ts";
import {
  accent,
  BrowserFrame,
  field,
  gradientColors,
  grid,
  Headline,
  mix,
  PhoneFrame,
  Root,
  SiteMark,
  summaryUnder,
  surface,
  Text,
} from "./components/index.ts";

/**
 * A product and what it looks like: the page's cover in a frame that runs off the card.
 *
 * Fields: `frame` (`browser` or `phone`).
 */
export default function Product(input: TemplateInput): Element {
  const { page, theme, size, dir } = input;
  const { unit, margin, width, height, contentWidth, contentHeight, wide, type } = grid(size);
  const { brand, background, foreground, muted } = theme.colors;
  const phone = field(page, "frame")?.toLowerCase() === "phone";
  const { stops } = gradientColors(surface(theme, background));
  const mark = theme.logo || theme.siteName ? 44 * unit : 0;

  const panel = wide
    ? { width: Math.round(width * (phone ? 0.4 : 0.46)), height }
    : { width, height: Math.round(height * (height > width * 1.4 ? 0.54 : 0.5)) };
  const text = wide
    ? { width: width - panel.width - margin - 56 * unit, height: contentHeight }
    : { width: contentWidth, height: height - panel.height - margin - 48 * unit };
  const texts = { width: text.width, height: text.height - mark - (mark ? 32 : 0) * unit, min: 36 * unit };
  const summary = summaryUnder(page.title, {
    summary: page.description,
    ...texts,
    fontSize: type.body,
    lines: wide ? 3 : 2,
    gap: 26 * unit,
  });

  const frameTop = wide ? Math.round((phone ? 72 : 96) * unit) : 0;
  const frame = phone
    ? { width: Math.round((wide ? 316 : 400) * unit), height: wide ? height - frameTop : Math.round(panel.height - 72 * unit) }
    : wide
      ? { width: Math.round(panel.width - 64 * unit), height: height - frameTop }
      : { width: Math.round(width - margin), height: Math.round(panel.height - 64 * unit) };
  const frameEnd = phone ? Math.round(((wide ? panel.width : width) - frame.width) / 2) : 0;
  const end = dir === "rtl" ? "left" : "right";
  const bleed = phone ? { bottom: true } : { bottom: true, [end]: true };
  const Frame = phone ? PhoneFrame : BrowserFrame;
  return (
    <Root input={input} style={{ padding: margin, backgroundColor: mix(brand, background, 0.04) }}>
      <div
        style={{
          position: "absolute",
          bottom: 0,
          [end]: 0,
          ...panel,
          backgroundImage: `linear-gradient(${dir === "rtl" ? 220 : 140}deg, ${stops.join(", ")})`,
        }}
      />
      <Frame
        theme={theme}
        {...frame}
        src={page.image}
        bleed={bleed}
        style={{ position: "absolute", bottom: 0, [end]: frameEnd }}
        {...(phone ? {} : { bar: Math.round(48 * unit) })}
      >
        <Wireframe
          top={(phone ? 104 : 58) * unit}
          width={frame.width}
          height={frame.height}
          unit={unit}
          tint={(share) => mix(accent(theme, background, 2), background, share)}
        />
      </Frame>
      <div style={{ display: "flex", flexDirection: "column", width: text.width, height: text.height }}>
        <SiteMark theme={theme} height={mark} color={foreground} maxWidth={text.width} />
        <div
          style={{
            display: "flex",
            flexDirection: "column",
            flexGrow: 1,
            justifyContent: wide ? "center" : "flex-start",
            marginTop: mark && !wide ? 32 * unit : 0,
          }}
        >
          <Headline input={input} {...texts} height={texts.height - summary.height} max={(wide ? 70 : 82) * unit} />
          <Text fontSize={type.body} color={muted} lines={summary.lines} style={{ width: text.width, marginTop: 22 * unit }}>
            {page.description}
          </Text>
        </div>
      </div>
    </Root>
  );
}

/** What stands in for a picture. */
function Wireframe(props: {
  /** Pixels that it leaves free above. */
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly unit: number;
  readonly tint: (share: number) => string;
}): Element {
  const { top, width, height, unit, tint } = props;
  const pad = 36 * unit;
  const line = (share: number, strength: number, thickness = 20) => (
    <div
      style={{
        width: Math.min(width * share, width - 3 * pad),
        height: thickness * unit,
        borderRadius: (thickness / 2) * unit,
        backgroundColor: tint(strength),
      }}
    />
  );
  const tile = { width: (width - 3.6 * pad) / 2, height: height * 0.24, borderRadius: 14 * unit } as const;
  return (
    <div style={{ display: "flex", flexDirection: "column", padding: `${top}px ${pad}px 0`, gap: 24 * unit }}>
      {line(0.5, 0.55, 34)}
      {line(0.8, 0.22)}
      {line(0.64, 0.22)}
      <div style={{ display: "flex", gap: pad * 0.6, marginTop: 18 * unit }}>
        <div style={{ ...tile, backgroundColor: tint(0.32) }} />
        <div style={{ ...tile, backgroundColor: tint(0.16) }} />
      </div>
    </div>
  );
}
