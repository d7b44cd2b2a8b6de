import { expand, h, openSession, paint, resolveJob, resolveOptions, type Element, type Job } from "../../packages/core/dist/internals.js";
import { designs, HEIGHT, WIDTH } from "../designs.ts";
import type { Post } from "../posts.ts";
import { coverOf, type OpenEngine, type Setting } from "./engine.ts";

/** What a page costs in a renderer process, and in the parent before it: the element tree, the job and its key, the picture. */
export const openOgGen: OpenEngine = async (setting) => {
  const jobOf = await openJobs(setting);
  return { paint: async (post) => (await paint(await jobOf(post))).bytes };
};

/** The designs as jobs. */
export async function openJobs(setting: Setting): Promise<(post: Post) => Promise<Job>> {
  const session = await openSession(resolveOptions({ root: setting.folder, source: [], cacheDir: false }));
  const resolver = await session.resolver();
  return async (post) => {
    const tree = await expand(treeOf(post, setting));
    const page = { id: String(post.index), title: post.title, tags: [], data: {} };
    const { job } = await resolveJob(resolver, tree, page, { width: WIDTH, height: HEIGHT, format: "png", quality: 85 });
    return job;
  };
}

export function treeOf(post: Post, setting: Setting): Element {
  const images = { avatar: setting.assets.avatar, cover: coverOf(post, setting) };
  return designs[setting.design]<Element>(post, images, (type, props, children) => h(type, { ...props }, children as never));
}
