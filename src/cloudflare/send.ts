// Requests with credentials, to servers that others name: the same bounds as of every other, and no redirect at all, for what goes
// along is meant for nobody else.
import { FetchError, type Outbound, readBounded } from './fetch.ts';

const BOUNDS = { maxBytes: 1_000_000, timeoutMs: 15_000 };

/** @example new OAuthClient({ fetch: guardedFetch(outbound) }) */
export const guardedFetch =
  (
    { checkedAddress }: Pick<Outbound, 'checkedAddress'>,
    send: typeof fetch = (...args) => fetch(...args),
  ): typeof fetch =>
  async (input, init) => {
    const request = new Request(input, { ...init, redirect: 'manual' });
    const { url } = request;
    const signal = AbortSignal.any([AbortSignal.timeout(BOUNDS.timeoutMs), request.signal]);
    await checkedAddress(url);
    try {
      const response = await send(new Request(request, { signal }));
      if (response.status >= 300 && response.status < 400) {
        await response.body?.cancel();
        throw new FetchError('redirect', url, 'answered with a redirect, which is not followed');
      }
      const bytes = await readBounded(response, BOUNDS.maxBytes, url);
      const { status, statusText, headers } = response;
      return new Response(status === 204 || status === 304 ? null : bytes, { status, statusText, headers });
    } catch (error) {
      if (error instanceof FetchError) throw error;
      if (signal.aborted)
        throw new FetchError('timeout', url, `no complete answer within ${BOUNDS.timeoutMs / 1000} s`);
      throw new FetchError(
        'unreachable',
        url,
        `cannot be reached (${error instanceof Error ? error.message : 'no connection'})`,
      );
    }
  };
