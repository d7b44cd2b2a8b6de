export { allocate, release } from "./heap";
export { isOpaque, layOver, drawMask } from "./blend";
export { beginPng, encodeBand, addBand, endPng, bandPointer, bandAdler, bandKind, output } from "./png";
export { outlineBuffer, rasterise, maskPointer, maskWidth, maskHeight, maskLeft, maskTop } from "./glyph";
