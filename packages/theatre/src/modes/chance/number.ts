/** "12,500": as the rest of the page writes its numbers, in whatever language the browser is. */
const whole = new Intl.NumberFormat("en");

export function number(value: number): string {
  return whole.format(value);
}
