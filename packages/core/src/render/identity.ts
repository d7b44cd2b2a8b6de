const numbers = new WeakMap<object, number>();
let last = 0;

/** A number by which an object is told from all others, also from those that take its place. */
export function identityOf(object: object): number {
  const number = numbers.get(object) ?? ++last;
  numbers.set(object, number);
  return number;
}
