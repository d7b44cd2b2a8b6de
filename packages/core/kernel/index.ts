export { allocate, release } from "./heap";
export { isOpaque, layOver, drawMask, addMask } from "./blend";
export { beginPng, movePixels, kindOfBand, encodeBand, addBand, endPng, bandPointer, bandAdler, output } from "./png";
export { outlineBuffer, rasterise, maskPointer, maskWidth, maskHeight, maskLeft, maskTop } from "./glyph";
