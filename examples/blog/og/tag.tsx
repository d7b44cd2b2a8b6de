import type { TemplateInput } from "@og-gen/core";

const TILE = 90;
/** A tile is a leaf: a square with two opposite corners rounded off. */
const LEAVES = [`0 ${TILE}px 0 ${TILE}px`, `${TILE}px 0 ${TILE}px 0`];
const STRENGTHS = [0.08, 0.14, 0.24, 0.5, 1];

/** The card of a tag: its name, and a hedge that looks different for every tag. */
export default function Tag({ page, theme, size }: TemplateInput) {
  const { brand, background, foreground, muted } = theme.colors;
  const columns = Math.floor((size.width * 0.36) / TILE);
  const rows = Math.floor(size.height / TILE);

  return (
    <div style={{ display: "flex", width: "100%", height: "100%", background, fontFamily: theme.font.body }}>
      <div
        style={{
          display: "flex",
          flexDirection: "column",
          justifyContent: "space-between",
          flexGrow: 1,
          flexBasis: 0,
          boxSizing: "border-box",
          height: "100%",
          padding: "64px 48px 64px 72px",
        }}
      >
        <div style={{ display: "flex", alignItems: "center", gap: 18, fontSize: 30, fontWeight: 600, color: foreground }}>
          {theme.logo && <img src={theme.logo} width={52} height={52} />}
          {theme.siteName}
        </div>
        <div style={{ display: "flex", flexDirection: "column" }}>
          <div style={{ width: 72, height: 8, borderRadius: 4, background: brand }} />
          <div
            style={{
              marginTop: 28,
              fontFamily: theme.font.heading,
              fontSize: page.title.length > 12 ? 84 : 104,
              fontWeight: 800,
              lineHeight: 1.05,
              letterSpacing: "-0.035em",
              color: foreground,
            }}
          >
            {page.title}
          </div>
          <div style={{ marginTop: 24, fontSize: 34, lineHeight: 1.35, color: muted }}>{page.description}</div>
        </div>
      </div>
      <div style={{ display: "flex", flexWrap: "wrap", alignContent: "flex-start", width: columns * TILE, height: "100%" }}>
        {grow(page.id, columns * rows).map((leaf) => (
          <div
            style={{
              width: TILE,
              height: TILE,
              borderRadius: LEAVES[leaf % LEAVES.length],
              background: brand,
              opacity: STRENGTHS[Math.floor(leaf / LEAVES.length) % STRENGTHS.length],
            }}
          />
        ))}
      </div>
    </div>
  );
}

/** `count` whole numbers that depend on `seed` alone, so that the same page is always the same card. */
function grow(seed: string, count: number): number[] {
  let state = [...seed].reduce((hash, character) => Math.imul(hash ^ character.codePointAt(0)!, 16777619), 2166136261);
  return Array.from({ length: count }, () => {
    state = Math.imul(state ^ (state >>> 15), 2246822507) + 374761393;
    return state >>> 8;
  });
}
