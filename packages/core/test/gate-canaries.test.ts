/**
 * Thousands of ways to make an SVG load, run or disclose something, each in the places where an SVG says such things. Every one
 * holds the word CANARY where the harm would be; a card's SVG never does, so whatever the gate lets through is looked for it.
 */
import { expect, test } from "vitest";
import { OgError } from "../src/error.ts";
import { gate } from "../src/render/gate.ts";

const XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"';

/** Addresses that must never be asked for. */
const ADDRESSES = [
  "/CANARY.png",
  "CANARY.png",
  "./CANARY.svg#a",
  "../../../CANARY",
  "file:///CANARY",
  "FILE:///CANARY",
  "http://CANARY.example/x.png",
  "https://CANARY.example/x.svg#a",
  "//CANARY.example/x",
  "\\\\CANARY\\share\\x.png",
  "ftp://CANARY.example/x",
  "javascript:CANARY()",
  "data:text/html,<script>CANARY</script>",
  "data:image/svg+xml;base64,CANARY",
  "data:image/svg+xml,CANARY",
  "data:image/gif;base64,CANARY",
  "data:image/png,CANARY/../x",
  "blob:CANARY",
  "cid:CANARY",
  " #a /CANARY",
  "#a\n/CANARY",
];

const decimal = (text: string) => [...text].map((character) => `&#${character.codePointAt(0)};`).join("");
const hexadecimal = (text: string) => [...text].map((character) => `&#x${character.codePointAt(0)?.toString(16)};`).join("");
const attribute = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** The same address as XML may spell it. */
const SPELLINGS: readonly ((text: string) => string)[] = [
  attribute,
  decimal,
  hexadecimal,
  (text) => `&#${text.codePointAt(0)};${attribute(text.slice(1))}`,
  (text) => `\t\n ${attribute(text)} `,
  (text) => `&#9;${attribute(text)}`,
  (text) => `&CANARY;${attribute(text)}`,
];

const ELEMENTS = [
  "image",
  "use",
  "a",
  "script",
  "feImage",
  "pattern",
  "linearGradient",
  "radialGradient",
  "filter",
  "mask",
  "clipPath",
  "g",
  "rect",
  "path",
  "svg",
  "text",
  "textPath",
  "tref",
  "mpath",
  "animate",
  "set",
  "foreignObject",
  "iframe",
  "embed",
  "object",
  "link",
  "audio",
  "video",
  "cursor",
  "color-profile",
  "font-face-uri",
];
const REFERENCES = ["href", "xlink:href", "HREF", "src", "data", "xml:base", "action", "formaction", "poster", "background"];
const PAINTS = ["fill", "stroke", "filter", "mask", "clip-path", "mask-image", "marker-start", "marker", "cursor", "flood-color", "style"];
const URLS: readonly ((address: string) => string)[] = [
  (address) => `url(${address})`,
  (address) => `url('${address}')`,
  (address) => `URL( ${address} )`,
  (address) => `url(#a) url(${address})`,
  (address) => `url(#a), url(${address})`,
  (address) => `red;background:url(${address})`,
  (address) => `fill:u\\72 l(${address})`,
  (address) => `fill:\\75\\72\\6c(${address})`,
  (address) => `fill:url/**/(${address})`,
  (address) => `@import '${address}'`,
  (address) => `@import url(${address})`,
  (address) => `fill:image-set('${address}' 1x)`,
  (address) => `fill:image('${address}')`,
  (address) => `fill:src('${address}')`,
  (address) => `behavior:url(${address})`,
  (address) => `width:expression(${address})`,
  (address) => `--x:url(${address})`,
];
const EVENTS = [
  "onload",
  "onerror",
  "onclick",
  "onbegin",
  "onend",
  "onrepeat",
  "onfocusin",
  "onmouseover",
  "ONLOAD",
  "onLoad",
  "on\u0000load",
];

const nested = (svg: string) => `<image href="data:image/svg+xml;utf8,${encodeURIComponent(svg)}" width="9" height="9"/>`;
const nestedPlain = (svg: string) => `<image href="data:image/svg+xml;charset=utf-8,${attribute(svg)}"/>`;

function* canaries(): Generator<string> {
  for (const address of ADDRESSES) {
    for (const spell of SPELLINGS) {
      for (const name of REFERENCES) {
        for (const element of ELEMENTS.slice(0, 12)) yield `<${element} ${name}="${spell(address)}"/>`;
      }
    }
    for (const element of ELEMENTS) {
      for (const name of REFERENCES.slice(0, 3)) {
        yield `<${element} ${name}='${address.replaceAll("'", "")}'/>`;
        yield `<${element} ${XLINK} ${name}="${attribute(address)}"></${element}>`;
        yield `<${element} x="1"${name}="${attribute(address)}"/>`;
        yield `<${element} ${name} = "${attribute(address)}"/>`;
        yield nested(`<svg><${element} ${name}="${attribute(address)}"/></svg>`);
        yield nestedPlain(`<svg><${element} ${name}="${attribute(address)}"/></svg>`);
        yield nested(nested(`<${element} ${name}="${attribute(address)}"/>`));
      }
    }
    for (const paint of PAINTS) {
      for (const url of URLS) {
        // Where a name stands is not loaded: only what is a URL, or a style, must not pass.
        const value = url(address);
        if (paint !== "style" && !/url\s*\(/i.test(value)) continue;
        if (paint === "style" && /image|src\(|--x|\/\*\*\//.test(value) && !/url\(/i.test(value)) continue;
        yield `<rect ${paint}="${attribute(value)}"/>`;
        yield `<g ${paint}="${hexadecimal(value)}"/>`;
        yield nested(`<rect ${paint}="${attribute(value)}"/>`);
      }
    }
  }
  for (const element of ELEMENTS) {
    for (const event of EVENTS) {
      yield `<${element} ${event}="CANARY()"/>`;
      yield nested(`<svg><${element} ${event}="CANARY()"/></svg>`);
    }
  }
  for (const element of ["script", "style", "foreignObject", "title", "desc", "metadata", "text", "a", "switch", "svg:script", "Script"]) {
    for (const inside of [
      "CANARY",
      "<![CDATA[CANARY]]>",
      "<!--CANARY-->",
      '<x xmlns="http://www.w3.org/1999/xhtml">CANARY</x>',
      "&CANARY;",
    ]) {
      for (const wrap of [String, nested, nestedPlain]) yield wrap(`<${element}>${inside}</${element}>`);
    }
  }
  for (const declaration of [
    '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///CANARY">]>',
    '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://CANARY.example/svg11.dtd">',
    '<!DOCTYPE svg [<!ENTITY % x SYSTEM "http://CANARY.example/x.dtd"> %x;]>',
    '<!DOCTYPE svg [<!ATTLIST image href CDATA "/CANARY.png">]>',
    '<?xml-stylesheet href="http://CANARY.example/x.css"?>',
    '<?xml version="1.0" encoding="UTF-7"?><!--CANARY-->',
    "<![CDATA[<image href='/CANARY'/>]]>",
  ]) {
    for (const wrap of [String, nested, nestedPlain]) yield wrap(`${declaration}<svg>&x;</svg>`);
  }
}

function isRefused(svg: string): boolean {
  try {
    gate(svg);
    return false;
  } catch (thrown) {
    if (thrown instanceof OgError && thrown.code === "E_SVG") return true;
    throw thrown;
  }
}

test("none of more than 6,000 canaries passes, alone or inside of a card", () => {
  const all = [...new Set(canaries())];
  expect(all.length).toBeGreaterThan(6_000);
  const card = (inside: string) => `<svg width="9" height="9" xmlns="http://www.w3.org/2000/svg"><g><rect width="9"/>${inside}</g></svg>`;
  expect(all.filter((svg) => !isRefused(svg) || !isRefused(card(svg)))).toEqual([]);
});

test("what a card may hold passes, also inside of another drawing", () => {
  const pixels = "data:image/png;base64,iVBORw0KGgo=";
  const references = ["#a", "#satori_bi-id", pixels, "data:image/jpeg;base64,/9j/4AAQ"].map((href) => `<image href="${href}" x="1"/>`);
  const paints = ["fill", "stroke", "filter", "mask", "clip-path"].flatMap((name) =>
    ["url(#a)", "url('#a')", "none", "#fff", "rgba(0,0,0,0.5)"].map((value) => `<rect ${name}="${attribute(value)}" width="1"/>`),
  );
  const styles = ["mask-type:luminance", "mix-blend-mode:multiply", "fill:url(#a);opacity:0.5"].map((style) => `<g style="${style}"></g>`);
  const texts = [
    '<path d="M0 0L9 9Z" fill="black"/>',
    '<defs><clipPath id="a"><rect/></clipPath></defs>',
    '<g data-x="&lt;b&gt; &amp; &quot;">\n</g>',
  ];
  const legal = [...references, ...paints, ...styles, ...texts];
  expect(legal.filter(isRefused)).toEqual([]);
  expect(
    legal
      .filter((svg) => !svg.includes("&"))
      .map((svg) => nested(svg))
      .filter(isRefused),
  ).toEqual([]);
});
