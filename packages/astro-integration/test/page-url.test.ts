import { expect, test } from "vitest";
import { pageUrl } from "../src/page-url.ts";

const at = (
  path: string,
  {
    format = "directory",
    ...rest
  }: { format?: "directory" | "file" | "preserve"; site?: string; base?: string; trailingSlash?: "always" | "never" | "ignore" } = {},
) => pageUrl(path, format, { site: "https://example.com", base: "/", trailingSlash: "ignore", ...rest });

test.for([
  ["index.html", {}, "https://example.com/"],
  ["index.html", { trailingSlash: "never" }, "https://example.com/"],
  ["index.html", { base: "/docs", trailingSlash: "never" }, "https://example.com/docs"],
  ["index.html", { base: "/docs/" }, "https://example.com/docs/"],
  ["index.html", { format: "file" }, "https://example.com/index.html"],
  ["about/index.html", { base: "docs" }, "https://example.com/docs/about/"],
  ["about.html", { trailingSlash: "always", format: "file" }, "https://example.com/about.html"],
  ["myindex.html", { format: "file" }, "https://example.com/myindex.html"],
  ["a b/ü?#%.html", {}, "https://example.com/a%20b/%C3%BC%3F%23%25.html"],
  ["about/index.html", { site: "https://example.com/sub/" }, "https://example.com/about/"],
] as const)("%s with %o is %s", ([path, options, url]) => {
  expect(at(path, options)).toBe(url);
});

test("without `site` there is none", () => {
  expect(pageUrl("index.html", "directory", { base: "/", trailingSlash: "ignore" })).toBeUndefined();
});
