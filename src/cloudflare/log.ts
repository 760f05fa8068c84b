/** One line of JSON. Never a credential, never a private text. */
export function log(message: string, facts: Record<string, unknown> = {}): void {
  console.log(JSON.stringify({ message, ...facts }));
}
