import type { Element } from "../compose/jsx-runtime.ts";
import type { TemplateInput } from "../types.ts";
import { Badge, Byline, contrast, grid, Headline, oklch, Root, shade, SiteMark } from "./components/index.ts";

/**
 * Black over the cover, which begins above the text and is never less than this under it, so that it lies only where it is needed. Over a
 * white photo, white text of 24 px and more reads from 0.42, smaller text from 0.54.
 */
const LEAST = 0.5;
const MOST = 0.84;
/** How it begins, eased so that no edge of it shows. */
const EASE = [0, 0.05, 0.17, 0.34, 0.55, 0.77, 0.92, 1];

/** The page's cover from edge to edge, its headline over the darkened lower part. */
export default function Photo(input: TemplateInput): Element {
  const { page, theme, size, dir } = input;
  const { unit, margin, width, height, contentWidth, contentHeight, wide, type } = grid(size);
  const { brand } = theme.colors;
  const { l, c } = oklch(brand);
  const [section] = page.tags;
  const footer = page.author || page.date || theme.logo || theme.siteName ? 60 * unit : 0;
  const headline = contentHeight * (wide ? 0.56 : 0.46);
  const fade = Math.round((page.image ? 170 : 0) * unit);
  // The logo of a light theme may be ink, which would be lost on the dark.
  const plate =
    theme.logo && theme.mode === "light"
      ? { padding: `${12 * unit}px ${16 * unit}px`, borderRadius: 6 * unit, backgroundColor: theme.colors.background }
      : undefined;
  const full = { position: "absolute", left: 0, width } as const;
  const dark = shade(brand, 0.2, Math.min(0.05, c));
  const plain = `linear-gradient(${dir === "rtl" ? 225 : 135}deg, ${dark} 0%, ${shade(brand, Math.min(0.48, l))} 100%)`;
  // A brand as dark as what is under the label gives way to white.
  const label = contrast(brand, dark) < 1.2 ? "#ffffff" : brand;
  return (
    <Root input={input} style={{ color: "#ffffff", backgroundColor: shade(brand, 0.24) }}>
      {page.image ? (
        <img src={page.image} alt="" width={width} height={height} style={{ ...full, top: 0, height, objectFit: "cover" }} />
      ) : (
        <div style={{ ...full, top: 0, height, backgroundImage: plain }} />
      )}
      <div
        style={{
          ...full,
          bottom: 0,
          display: "flex",
          flexDirection: "column",
          boxSizing: "border-box",
          padding: `${fade}px ${margin}px ${margin}px`,
          ...(page.image ? { backgroundImage: scrim(fade) } : {}),
        }}
      >
        {section ? (
          <div style={{ display: "flex", marginBottom: 20 * unit, width: contentWidth }}>
            <Badge text={section} fontSize={type.label} color={label} shape="tag" maxWidth={contentWidth * 0.8} />
          </div>
        ) : null}
        <Headline input={input} width={contentWidth} height={headline} max={82 * unit} min={40 * unit} color="#ffffff" lineHeight={1.08} />
        {footer ? (
          <div
            style={{
              display: "flex",
              alignItems: "center",
              justifyContent: "space-between",
              marginTop: 28 * unit,
              width: contentWidth,
              height: footer,
              gap: 48 * unit,
            }}
          >
            <Byline page={page} height={footer} color="#ffffff" muted="#ffffff" />
            <div style={{ display: "flex", flexShrink: 0, ...plate }}>
              <SiteMark
                theme={theme}
                height={(plate ? 36 : 44) * unit}
                color={plate ? theme.colors.foreground : "#ffffff"}
                maxWidth={contentWidth * (page.author || page.date ? 0.5 : 1) - (plate ? 32 * unit : 0)}
              />
            </div>
          </div>
        ) : null}
      </div>
    </Root>
  );
}

/** From nothing to `LEAST` over so many pixels, and on to `MOST` at the card's edge. */
function scrim(fade: number): string {
  const start = EASE.map((share, index) => `rgba(0,0,0,${(share * LEAST).toFixed(3)}) ${Math.round((fade * index) / (EASE.length - 1))}px`);
  return `linear-gradient(180deg, ${start.join(", ")}, rgba(0,0,0,${MOST}) 100%)`;
}
