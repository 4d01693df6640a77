/** `12.000`, as money is written in Vietnam. */
export const dongText = (dong: number): string => String(dong).replace(/\B(?=(\d{3})+$)/g, ".");
