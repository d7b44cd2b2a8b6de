/**
 * satori only needs to know how large an image is, so it is given 56 bytes that look like the start of a PNG of that
 * size; the pixels are put in after the layout, when it is known how large they are drawn. The
 * rest is the image's digest: an SVG with placeholders tells which images it holds.
 */
export function placeholder(width: number, height: number, digest: string): string {
  const png = Buffer.alloc(56);
  png.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  png.write(digest, 24, "hex");
  return `data:image/png;base64,${png.toString("base64")}`;
}
