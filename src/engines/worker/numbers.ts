/** Bytes that look random and are the same for the same seed of four numbers (sfc32). */
export function numbersFrom(seed: readonly number[]): () => number {
  let [a = 0, b = 0, c = 0, d = 1] = seed.map((each) => each | 0);
  const next = () => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 8) & 0xff;
  };
  // The first ones still show the seed.
  for (let i = 0; i < 16; i++) next();
  return next;
}
