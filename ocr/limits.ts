/** Bounds of what is taken in. All but the decompression bounds are read from headers, before anything is decoded. */
export const limits = {
  /** A1 at 300 dpi, or A0 at 200 dpi. */
  imagePixels: 80_000_000,
  /** A signature's or a seal's picture: 35 mm at 1,400 dpi. */
  pictureSidePx: 2000,
  /** 35 mm at 90 dpi is coarse already. */
  pictureLeastPx: 120,
  /** The shorter side of an identity card at 100 dpi. */
  shortSidePx: 200,
  longSidePx: 300,
  /** Longest side over shortest: a till receipt still fits. */
  aspect: 8,
  pages: 200,
  /** A0 is 3,370 points long. */
  pagePoints: 3400,
  /** A3 at 300 dpi, A2 at 200 dpi: the renderer holds four bytes a pixel, twice. */
  renderPixels: 18_000_000,
  /** ICC profiles and text chunks, inflated. */
  profileBytes: 4 * 1024 * 1024,
  /** One PDF stream that is not a picture, inflated through all its filters. */
  streamBytes: 64 * 1024 * 1024,
  /** All of them in one PDF. */
  streamsBytes: 256 * 1024 * 1024,
  pdfObjects: 300_000,
  pdfDepth: 64,
  /** Scans of one progressive JPEG; more only cost time. */
  jpegScans: 100,
  /** Below this nothing can be read; NĐ 30/2020 Appendix I wants 200, which is a warning. */
  refusedDpi: 60,
  lawfulDpi: 200,
  finalDpi: 300,
  /** Dots of one bit are small and carry no grain: what a copier wrote at 600 dpi is kept at 600. */
  dotsDpi: 620,
  /** A4 at 600 dpi, A3 at 400, one byte a dot while it is worked on. */
  dotsPixels: 40_000_000,
} as const;
