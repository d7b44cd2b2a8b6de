import type { Element } from "../compose/jsx-runtime.ts";
import type { TemplateInput } from "../types.ts";
import { Byline, FittedText, grid, oklch, Root, Section, shade, SiteMark } from "./components/index.ts";

/** Black over the cover, eased so that no edge of it shows: enough for white text above and below, little between. */
const SCRIM = `linear-gradient(180deg, ${[0.5, 0.36, 0.27, 0.24, 0.3, 0.44, 0.6, 0.73, 0.81, 0.85, 0.87].map((alpha, index) => `rgba(0,0,0,${alpha}) ${index * 10}%`).join(", ")})`;

/** The page's cover from edge to edge, its headline over the darkened lower part. */
export default function Photo(input: TemplateInput): Element {
  const { page, theme } = input;
  const { unit, margin, width, height, contentWidth, contentHeight } = grid(input.size);
  const { brand } = theme.colors;
  const [section] = page.tags;
  const full = { position: "absolute", left: 0, top: 0, width, height } as const;
  return (
    <Root input={input} style={{ padding: margin, justifyContent: "space-between", color: "#ffffff", backgroundColor: shade(brand, 0.24) }}>
      {page.image ? (
        <img src={page.image} alt="" width={width} height={height} style={{ ...full, objectFit: "cover" }} />
      ) : (
        <div
          style={{
            ...full,
            backgroundImage: `linear-gradient(135deg, ${shade(brand, 0.22, Math.min(0.06, oklch(brand).c))} 0%, ${shade(brand, Math.min(0.52, oklch(brand).l))} 100%)`,
          }}
        />
      )}
      {page.image ? <div style={{ ...full, backgroundImage: SCRIM }} /> : null}
      <div style={{ display: "flex", position: "relative", width: contentWidth, minHeight: 44 * unit, justifyContent: "flex-start" }}>
        <SiteMark theme={theme} height={44 * unit} color="#ffffff" />
      </div>
      <div style={{ display: "flex", position: "relative", flexDirection: "column", width: contentWidth }}>
        <Section text={section} fontSize={25 * unit} color={"#ffffff"} gap={14 * unit} />
        <FittedText
          text={page.title}
          width={contentWidth}
          height={contentHeight * 0.5}
          max={78 * unit}
          min={40 * unit}
          style={{ fontFamily: theme.font.heading, fontWeight: 700 }}
        />
        {page.author || page.date ? (
          <div style={{ display: "flex", marginTop: 26 * unit }}>
            <Byline page={page} height={56 * unit} color="#ffffff" muted="#e5e7eb" />
          </div>
        ) : null}
      </div>
    </Root>
  );
}
