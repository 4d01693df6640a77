/** A made-up list of so many provinces and communes, each named as fictional. */
export function fictionalAreas(provinces: number, communes: number): string {
  const code = (n: number) => `X${String(n).padStart(2, "0")}`;
  const above = Array.from({ length: provinces }, (_, i) => `${code(i)},Tỉnh Mẫu ${i} (hư cấu),tinh,,`);
  const kinds = ["xa", "phuong", "dac_khu"] as const;
  const below = Array.from({ length: communes }, (_, i) => {
    const parent = code(i % provinces);
    return `${parent}.${i},Xã Mẫu ${i} (hư cấu),${kinds[i % kinds.length]},${parent},`;
  });
  return ["ma,ten,loai,cap_tren,nhap_vao", ...above, ...below].join("\r\n");
}
