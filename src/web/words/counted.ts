// Numbers as people read them.

const digits = (n: number): string => (n < 1000 ? String(n) : String(n).replace(/\B(?=(\d{3})+$)/g, ','));
export const counted =
  (one: string, many: string) =>
  (n: number): string =>
    `${digits(n)} ${n === 1 ? one : many}`;
