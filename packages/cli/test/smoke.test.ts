import { expect, test } from "vitest";
import { og, POSTS, project } from "./og.ts";
test("x", async () => {
  const root = await project(POSTS);
  console.log(await og(root, ""));
});
