import type { AstroConfig } from "astro";
import { expect, test } from "vitest";
import { configuredFonts, fontRoles } from "../src/configured-fonts.ts";

function rolesOf(...fonts: readonly (readonly [name: string, cssVariable: string, more?: object])[]) {
  const families = fonts.map(([name, cssVariable, more]) => ({ name, cssVariable, provider: { name: "google" }, ...more }));
  const { heading, body } = fontRoles(configuredFonts({ fonts: families } as unknown as AstroConfig));
  return [heading?.name, body?.name];
}

test("one font is for everything", () => {
  expect(rolesOf(["Roboto", "--font-roboto"])).toEqual(["Roboto", "Roboto"]);
  expect(rolesOf(["Roboto", "--font-roboto"], ["Lato", "--font-lato"])).toEqual(["Roboto", "Roboto"]);
});

test("the names of the variables say what a font is for, in any order", () => {
  expect(rolesOf(["Bebas", "--font-heading"], ["Lora", "--font-body"])).toEqual(["Bebas", "Lora"]);
  expect(rolesOf(["Lora", "--bodyFont"], ["Bebas", "--displayFont"])).toEqual(["Bebas", "Lora"]);
  expect(rolesOf(["Lora", "--font-serif"], ["Lato", "--font-sans"])).toEqual(["Lato", "Lato"]);
  expect(rolesOf(["Lora", "--font-a"], ["Bebas", "--title-font"])).toEqual(["Bebas", "Lora"]);
});

test("a font that is for headings only leaves the body alone", () => {
  expect(rolesOf(["Bebas", "--font-heading"])).toEqual(["Bebas", undefined]);
});

test("fonts for code and icons are neither", () => {
  expect(rolesOf(["JetBrains Mono", "--font-a"], ["Lato", "--font-b"])).toEqual(["Lato", "Lato"]);
  expect(rolesOf(["Hack", "--font-code"], ["Hack", "--font-h", { fallbacks: ["monospace"] }])).toEqual([undefined, undefined]);
  expect(rolesOf(["Material Symbols Rounded", "--font-m"], ["X", "--font-x", { provider: { name: "googleicons" } }])).toEqual([
    undefined,
    undefined,
  ]);
  expect(rolesOf(["Monoton", "--font-m"])).toEqual(["Monoton", "Monoton"]);
});

test("Astro 5 has them among its experiments, and no version has to have any", () => {
  const config = { experimental: { fonts: [{ name: '"Source Sans 3"', cssVariable: "--font-sans", provider: "local" }] } };
  expect(configuredFonts(config as unknown as AstroConfig)).toEqual([
    { name: "Source Sans 3", cssVariable: "--font-sans", isForText: true },
  ]);
  expect(configuredFonts({ experimental: {} } as unknown as AstroConfig)).toEqual([]);
});
