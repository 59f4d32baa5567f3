// gifenc has no types of its own: what web/picture/gif.js uses of it.
declare module 'gifenc' {
  type Palette = number[][];
  /** At most `maxColors` colours that stand for all of these pixels. */
  export function quantize(rgba: Uint8ClampedArray, maxColors: number): Palette;
  /** The index of the nearest colour for each pixel. */
  export function applyPalette(rgba: Uint8ClampedArray, palette: Palette): Uint8Array;
  export function GIFEncoder(): {
    writeFrame(
      index: Uint8Array,
      width: number,
      height: number,
      options: {
        palette?: Palette;
        delay?: number;
        /** 0: for ever */
        repeat?: number;
        /** 1: the frame stays under the next one */
        dispose?: number;
        transparent?: boolean;
        transparentIndex?: number;
      },
    ): void;
    finish(): void;
    bytes(): Uint8Array;
  };
}
