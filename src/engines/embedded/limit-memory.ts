/** Node's types leave it out. */
declare const WebAssembly: {
  readonly Memory: { readonly prototype: { grow(pages: number): number; readonly buffer: ArrayBuffer } };
};

/** If Python asks for more memory than it may have, it gets a MemoryError. @param most bytes */
export function limitMemory(most: number): void {
  const { grow } = WebAssembly.Memory.prototype;
  WebAssembly.Memory.prototype.grow = function (pages: number) {
    if (this.buffer.byteLength + pages * 65_536 > most) throw new RangeError('No more memory than this.');
    return grow.call(this, pages);
  };
}
