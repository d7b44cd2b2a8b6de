import type { Element } from "../compose/jsx-runtime.ts";
import type { TemplateInput } from "../types.ts";
import { accent, Avatar, field, gradientColors, grid, Headline, Root, SiteMark, summaryUnder, surface, Text } from "./components/index.ts";

/**
 * A person: the picture (the author's, else the cover), the name, what they do.
 *
 * Fields: `role`, `bio` (else the description).
 */
export default function Profile(input: TemplateInput): Element {
  const { page, theme, size, dir } = input;
  const { unit, margin, width, height, contentWidth, wide, type } = grid(size);
  const { background, foreground, muted } = theme.colors;
  const color = surface(theme, background);
  const { stops } = gradientColors(color);
  const role = field(page, "role", "jobTitle");
  const bio = field(page, "bio") ?? page.description;
  const picture = page.author?.avatar ?? page.image;
  const mark = theme.logo || theme.siteName ? 44 * unit : 0;

  const tall = height > 1.4 * width;
  const ring = Math.round(12 * unit);
  const above = Math.round(height * (tall ? 0.26 : 0.2));
  // On a card that is nearly wide, the ring would touch the edge.
  const avatar = Math.round(wide ? 300 * unit : Math.min((tall ? 360 : 280) * unit, 2 * (above - ring - 24 * unit)));
  const band = wide ? { width: Math.round(margin + avatar / 2), height } : { width, height: above };
  const text = wide
    ? { width: contentWidth - avatar - 56 * unit, height: height - 2 * margin }
    : { width: contentWidth, height: height - band.height - avatar / 2 - margin - 40 * unit };
  const texts = {
    width: text.width,
    height: text.height - (role ? 60 * unit : 0) - (mark ? mark + 40 * unit : 0),
    min: 40 * unit,
  };
  const summary = summaryUnder(page.title, { summary: bio, ...texts, fontSize: type.body, lines: tall ? 5 : 3, gap: 20 * unit });
  const end = dir === "rtl" ? "left" : "right";
  const start = dir === "rtl" ? "right" : "left";
  return (
    <Root input={input}>
      <div
        style={{
          position: "absolute",
          top: 0,
          [start]: 0,
          ...band,
          backgroundImage: `linear-gradient(${wide ? 180 : dir === "rtl" ? 270 : 90}deg, ${stops.join(", ")})`,
        }}
      />
      <div
        style={{
          position: "absolute",
          display: "flex",
          alignItems: "center",
          justifyContent: "center",
          top: wide ? (height - avatar) / 2 - ring : band.height - avatar / 2 - ring,
          [start]: margin - ring,
          width: avatar + 2 * ring,
          height: avatar + 2 * ring,
          borderRadius: avatar / 2 + ring,
          backgroundColor: background,
        }}
      >
        <Avatar name={page.title} src={picture} size={avatar} color={color} lang={page.lang} />
      </div>
      <div
        style={{
          position: "absolute",
          display: "flex",
          flexDirection: "column",
          justifyContent: wide ? "center" : "flex-start",
          [end]: margin,
          bottom: margin,
          ...text,
        }}
      >
        <Headline input={input} {...texts} height={texts.height - summary.height} max={(wide ? 84 : 96) * unit} />
        <Text fontSize={type.lead} color={accent(theme, background)} style={{ width: text.width, marginTop: 14 * unit, fontWeight: 600 }}>
          {role}
        </Text>
        <Text fontSize={type.body} color={muted} lines={summary.lines} style={{ width: text.width, marginTop: 20 * unit }}>
          {bio}
        </Text>
        {mark ? (
          <div style={{ display: "flex", width: text.width, marginTop: wide ? 40 * unit : "auto", paddingTop: wide ? 0 : 40 * unit }}>
            <SiteMark theme={theme} height={mark} color={foreground} maxWidth={text.width} />
          </div>
        ) : null}
      </div>
    </Root>
  );
}
