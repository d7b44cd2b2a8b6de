import type { APIContext } from "astro";
import { expect, test, vi } from "vitest";
import { onRequest } from "../src/middleware.ts";
import { takeNote } from "../src/note.ts";

vi.stubGlobal("__OG_GEN_SEAL__", "seal");

const HTML = "<!doctype html><title>Hi</title>";

async function responseOf(response: Response, context: Partial<APIContext> = {}): Promise<Response> {
  const whole = { isPrerendered: true, routePattern: "/[slug]", props: {}, params: {}, locals: {}, ...context };
  return (await onRequest(whole as APIContext, () => Promise.resolve(response))) as Response;
}

const document = (init: ResponseInit = {}) =>
  new Response(HTML, { ...init, headers: { "content-type": "text/html; charset=utf-8", "content-length": "32" } });

test("a document keeps its status and headers, and bears a note at its end", async () => {
  const response = await responseOf(document({ status: 404 }));
  expect(response.status).toBe(404);
  expect([...response.headers]).toEqual([["content-type", "text/html; charset=utf-8"]]);
  expect(takeNote(await response.text(), "seal")).toEqual({ html: HTML, note: { route: "/[slug]" } });
});

test.for([
  ["rendered on demand", document(), { isPrerendered: false }],
  ["of an endpoint that calls itself HTML", document(), { routePattern: "/[slug].xml" }],
  ["of another type", new Response("{}", { headers: { "content-type": "application/json" } }), {}],
  ["a redirect", Response.redirect("https://example.com/"), {}],
] as const)("a response that is %s is passed on as it is", async ([, response, context]) => {
  expect(await responseOf(response, context)).toBe(response);
});

test("a route whose version looks like an extension is a document", async () => {
  expect(takeNote(await (await responseOf(document(), { routePattern: "/v1.2" })).text(), "seal").note).toEqual({ route: "/v1.2" });
});
