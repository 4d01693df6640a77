/** Where the k-th coefficient of the zigzag order stands in its block, row by row. ITU-T T.81 figure A.6. */
export const zigzag: Uint8Array = zigzagOrder();

function zigzagOrder(): Uint8Array {
  const order = new Uint8Array(64);
  let k = 0;
  for (let diagonal = 0; diagonal < 15; diagonal += 1) {
    for (let i = 0; i <= diagonal; i += 1) {
      const y = diagonal % 2 === 0 ? diagonal - i : i;
      const x = diagonal - y;
      if (x < 8 && y < 8) order[k++] = 8 * y + x;
    }
  }
  return order;
}
