/**
 * What one page, template, image or card may cost, whoever wrote it. Each is an option of the configuration: `limits: { imagePixels: 100_000_000 }`.
 * `timeout`, an option of its own, limits the time.
 */
export interface Limits {
  /** UTF-16 code units of a front matter; a longer one is `E_FRONT_MATTER` before it is parsed. @default 65536 */
  readonly frontMatterCharacters: number;
  /** Maps and lists within each other in a front matter, as they are written. @default 100 */
  readonly frontMatterDepth: number;
  /** Values in a front matter, counted again wherever an alias repeats them. @default 20000 */
  readonly frontMatterValues: number;
  /** Elements and components of a card (`E_TEMPLATE`). @default 20000 */
  readonly templateElements: number;
  /** Elements within each other; what draws them recurses. @default 256 */
  readonly templateDepth: number;
  /** UTF-16 code units of a text that is fitted into its box; what comes after them is cut off with `W_TEXT_CUT`. @default 2000 */
  readonly textCharacters: number;
  /** Bytes of an image file, known before it is read (`E_IMAGE`). @default 67108864 */
  readonly imageBytes: number;
  /** Width × height that an image claims, known before it is decoded (`E_IMAGE`). @default 64000000 */
  readonly imagePixels: number;
  /** Bytes of an image of another host, without any compression of the connection. @default 10485760 */
  readonly remoteBytes: number;
  /** Milliseconds for an image of another host, redirects included. @default 5000 */
  readonly remoteMs: number;
  /** Redirects that are followed to an image of another host. @default 3 */
  readonly remoteRedirects: number;
  /**
   * Memory of a renderer process in MB (10⁶ bytes); it is ended when it takes more (`E_RENDER_MEMORY`). Where a variant has more than
   * 2.5 million pixels, each further one adds 40 bytes. @default 512
   */
  readonly rendererMegabytes: number;
}

export const LIMITS: Limits = {
  frontMatterCharacters: 64 * 1024,
  frontMatterDepth: 100,
  frontMatterValues: 20_000,
  templateElements: 20_000,
  templateDepth: 256,
  // More than any card shows; a longer text takes the layout seconds.
  textCharacters: 2_000,
  imageBytes: 64 * 1024 * 1024,
  // 8000×8000: more than any camera makes, less than memory.
  imagePixels: 64_000_000,
  remoteBytes: 10 * 1024 * 1024,
  remoteMs: 5_000,
  remoteRedirects: 3,
  rendererMegabytes: 512,
};
