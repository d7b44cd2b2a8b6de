import { expect, test } from "vitest";
import { expand } from "../src/compose/expand.ts";
import type { HostElement } from "../src/compose/jsx-runtime.ts";
import { withoutEffects } from "../src/render/safe.ts";

/** Everything that resvg may end or stall at; the rest of a style stays. */
const RISKY: Readonly<Record<string, string | number>> = {
  opacity: 0.5,
  textShadow: "0 0 4px red",
  boxShadow: "0 0 100000px red",
  filter: "blur(9px)",
  WebkitFilter: "blur(9px)",
  backdropFilter: "blur(9px)",
  mixBlendMode: "multiply",
  clipPath: "circle(40%)",
  mask: "linear-gradient(black, transparent)",
  maskImage: "linear-gradient(black, transparent)",
  WebkitMaskImage: "linear-gradient(black, transparent)",
  overflow: "hidden",
  overflowX: "hidden",
  overflowY: "clip",
  transform: "rotate(5deg)",
  rotate: "5deg",
  scale: "0.5",
  translate: "9px 9px",
};

test.each(Object.entries(RISKY))("%s goes", async (name, value) => {
  const tree = (await expand(
    <div style={{ color: "red", [name]: value }}>
      words
      <p style={{ [name]: value, borderRadius: 9, fontSize: 12 }}>more</p>
    </div>,
  )) as HostElement;
  expect(withoutEffects(tree)).toEqual({
    type: "div",
    props: {
      style: { color: "red" },
      children: ["words", { type: "p", props: { style: { borderRadius: 9, fontSize: 12 }, children: ["more"] } }],
    },
  });
});

test("all else stays as it is, and so does the tree that was given", async () => {
  const tree = (await expand(
    <div
      lang="pt"
      dir="rtl"
      style={{ display: "flex", borderRadius: 9, backgroundImage: "linear-gradient(red, blue)", textWrap: "balance" }}
    >
      <img src="og-image:1" width={9} height={9} style={{ objectFit: "cover", borderRadius: 4 }} />
      <svg width={9} viewBox="0 0 9 9">
        <path d="M0 0" fill="red" />
      </svg>
      <p>words</p>
    </div>,
  )) as HostElement;
  const copy = structuredClone(tree);
  expect(withoutEffects(tree)).toEqual(copy);
  expect(tree).toEqual(copy);
});
