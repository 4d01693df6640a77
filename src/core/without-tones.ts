/** Without tones, marks and case: `Số tiền` is `so tien`. For comparing what people type, not for keeping. */
export const withoutTones = (shown: string): string =>
  shown.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d");
