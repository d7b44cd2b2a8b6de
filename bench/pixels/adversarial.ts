/** Small trees for which the painter's shortcuts are hard, or impossible: what each is about, and the tree. */
import { h, type Child, type Element } from "../../packages/core/dist/internals.js";

type Style = Readonly<Record<string, string | number>>;

const TEXT = "Quick affluent fjord waltz, 1/2 AVATAR";
const TALL = { display: "flex", fontSize: 56, fontWeight: 700, color: "#0f172a" } as const;

const box = (style: Style, ...children: readonly Child[]): Element => h("div", { style: { display: "flex", ...style } }, ...children);
const text = (style: Style, words = TEXT): Element => h("div", { style: { ...TALL, ...style } }, words);

function page(...children: readonly Child[]): Element {
  const style = {
    flexDirection: "column",
    gap: 24,
    width: 1200,
    height: 630,
    padding: 48,
    boxSizing: "border-box",
    fontFamily: "Inter",
    backgroundColor: "#f1f5f9",
  };
  return box(style, ...children);
}

/** Text over colours, so that what is behind it is seen to be right. */
function over(style: Style, ...children: readonly Child[]): Element {
  return box({ padding: 24, backgroundImage: "linear-gradient(90deg, #fde047, #db2777)", ...style }, ...children);
}

export const adversarial: Readonly<Record<string, Element>> = {
  "text-shadow": page(text({ textShadow: "4px 6px 8px rgba(190, 24, 93, 0.8)" }), text({ fontSize: 24 })),
  "text stroke": page(text({ WebkitTextStroke: "3px #be185d" })),
  "gradient text": page(
    text({ color: "transparent", backgroundImage: "linear-gradient(90deg, #be185d, #0e7490)", backgroundClip: "text" }),
  ),
  "translucent text": page(over({}, text({ color: "rgba(15, 23, 42, 0.4)" })), over({}, text({ color: "#ffffff80" }))),
  "opacity on text": page(over({}, text({ opacity: 0.35 }))),
  "opacity on a parent, overlapping texts": page(box({ opacity: 0.5 }, text({}), text({ marginLeft: -400, color: "#be185d" }))),
  "rotated text": page(text({ transform: "rotate(7deg)" }), text({ transform: "skewX(-20deg)" })),
  "scaled text": page(text({ transform: "scale(1.5, 0.7)", transformOrigin: "left top" })),
  "translated text": page(text({ transform: "translate(13.4px, 7.7px)" })),
  "blurred text": page(text({ filter: "blur(3px)" })),
  underlines: page(
    text({ textDecoration: "underline" }),
    text({ textDecoration: "line-through", textDecorationColor: "#be185d" }, "gjpqy jumps"),
  ),
  "letter spacing": page(text({ letterSpacing: 7.3 }), text({ letterSpacing: -2.6 }), text({ letterSpacing: "0.2em" }, "office")),
  "artificial bold and italic": page(text({ fontStyle: "italic" }), text({ fontWeight: 900, fontStyle: "italic" })),
  "clipped by its box": page(box({ width: 500, height: 40, overflow: "hidden" }, text({ flexShrink: 0 }))),
  "clipped by round corners": page(
    box({ width: 600, height: 80, borderRadius: 40, overflow: "hidden", backgroundColor: "#0e7490" }, text({ color: "white" })),
  ),
  "under a box": page(
    box(
      { position: "relative" },
      text({}),
      box({ position: "absolute", left: 80, top: 10, width: 300, height: 40, backgroundColor: "#be185d" }),
    ),
  ),
  "under glass": page(
    box(
      { position: "relative" },
      text({}),
      box({ position: "absolute", left: 80, top: 10, width: 300, height: 40, backgroundColor: "rgba(190, 24, 93, 0.5)" }),
    ),
  ),
  "text, box, text": page(
    box(
      { position: "relative" },
      text({}),
      box({ position: "absolute", left: 40, top: 20, padding: 10, backgroundColor: "#0e7490" }, text({ fontSize: 30, color: "white" })),
    ),
  ),
  "text over text": page(box({ position: "relative" }, text({ color: "#be185d" }), text({ position: "absolute", left: 6, top: 4 }))),
  "off every edge": page(text({ position: "absolute", left: -60, top: -30 }), text({ position: "absolute", left: 1000, top: 590 })),
  "tiny and huge": page(text({ fontSize: 3 }), text({ fontSize: 7.3 }), text({ fontSize: 420, lineHeight: 1 }, "Qg&")),
  "fractional sizes and places": page(
    text({ fontSize: 33.37, marginLeft: 0.31 }),
    text({ fontSize: 18.91, marginLeft: 7.77, marginTop: 0.5 }),
  ),
  "ligatures and kerning": page(
    text({}, "fi ffl AV To -> => 3x4 1/2"),
    text({ fontFeatureSettings: '"ss01" 1, "tnum" 1' }, "0123456789 1:11"),
  ),
  "combining marks": page(text({}, "e\u0301a\u0308o\u0302\u0323 Z\u0351\u0343\u0308a\u030a\u0316lgo\u0335 Việt Nam ẹ̀ ọ́")),
  "emoji between words": page(text({}, "Ship 🚀 it 👩🏽‍🚀 now 🇫🇷 a🧵b"), over({}, text({ opacity: 0.5 }, "faded 🎉 party"))),
  "spans of several colours": page(
    h(
      "div",
      { style: { ...TALL, display: "block" } },
      "One ",
      h("span", { style: { color: "#be185d" } }, "af"),
      h("span", { style: { color: "#0e7490", fontWeight: 400 } }, "fluent "),
      "line that goes on until it wraps around the edge",
    ),
  ),
  "wrapped, justified, ellipsis": page(
    text({ width: 420, textAlign: "justify", fontSize: 30 }),
    h("div", { style: { ...TALL, display: "block", width: 300, lineClamp: 2 } }, `${TEXT} ${TEXT}`),
  ),
  "small caps and case": page(text({ textTransform: "uppercase" }, "straße ǆ ﬁ"), text({ textTransform: "capitalize" }, "éclair über")),
  "borders, shadows, round corners": page(
    box(
      {
        width: 400,
        height: 160,
        padding: 20,
        border: "5px dashed #be185d",
        borderRadius: 28,
        boxShadow: "0 12px 30px rgba(0, 0, 0, 0.5)",
        backgroundColor: "white",
      },
      text({ fontSize: 30 }),
    ),
  ),
  "gradients of every kind": page(
    over({ height: 120, backgroundImage: "radial-gradient(circle at 30% 40%, #fde047, #0e7490 60%, transparent)" }, text({})),
    over(
      { height: 120, backgroundImage: "repeating-linear-gradient(45deg, #be185d 0px, #be185d 12px, #fde047 12px, #fde047 24px)" },
      text({ color: "white" }),
    ),
  ),
  "mask over text": page(box({ maskImage: "linear-gradient(90deg, black, transparent)" }, text({}))),
  "clip-path": page(
    box({ clipPath: "circle(120px at 200px 40px)", backgroundColor: "#0e7490", width: 600, height: 90 }, text({ color: "white" })),
  ),
  "no background": box({ width: 1200, height: 630, alignItems: "center", fontFamily: "Inter" }, text({})),
  "white on white": page(text({ color: "#f1f5f9" }), text({ color: "white", opacity: 0.99 })),
};
