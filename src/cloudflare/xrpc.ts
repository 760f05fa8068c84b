// Queries to servers of the network: their address, and what may be asked of an answer.
/** Parameters that are undefined are left out. */
export function xrpcUrl(origin: string, method: string, parameters: Record<string, string | undefined>): string {
  const url = new URL(`/xrpc/${method}`, origin);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return url.href;
}
