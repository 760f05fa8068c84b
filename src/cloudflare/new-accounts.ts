// Making an account at somebody's server, and looking whose keys rule it. Nothing that is sent is logged or kept.
import { isValidHandle } from '@atproto/syntax';
import { isObject } from '../domain/json.ts';
import type { Json, JsonObject } from '../domain/model.ts';
import { validDid } from '../domain/uri.ts';
import { com } from '../lexicons/index.ts';
import type { NewAccount, NewAccountsPort, NotMade, ServerTerms } from '../ports/new-accounts.ts';
import type { Outbound } from './fetch.ts';
import { FetchError } from './fetch-error.ts';
import { xrpcUrl } from './xrpc.ts';

const { createAccount, describeServer } = com.atproto.server;

const BOUNDS = { maxBytes: 100_000, timeoutMs: 10_000, redirects: 0 };
const MAX_DOMAINS = 20;
const DOMAIN = /^\.[a-z0-9.-]{1,250}$/;

export interface NewAccountsOptions {
  outbound: Outbound;
  /** Guarded, for requests with something to keep. */
  send: typeof fetch;
  plcUrl: string;
}

export const newAccountsPort = ({ outbound, send, plcUrl }: NewAccountsOptions): NewAccountsPort => ({
  async terms(pds) {
    try {
      const { status, body } = await outbound.json(xrpcUrl(pds, describeServer.$lxm, {}), BOUNDS);
      return status === 200 && isObject(body) ? termsIn(pds, body) : null;
    } catch (error) {
      if (error instanceof FetchError) return null;
      throw error;
    }
  },

  async make(pds, account) {
    try {
      const response = await send(xrpcUrl(pds, createAccount.$lxm, {}), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(given(account)),
      });
      return madeIn(response.status, await bodyOf(response));
    } catch (error) {
      return { failed: 'unknown', message: error instanceof FetchError ? error.failure : 'no answer' };
    }
  },

  async rotationKeys(did) {
    const { status, body } = await outbound.json(new URL(`/${did}/data`, plcUrl).href, BOUNDS);
    if (status !== 200 || !isObject(body) || !Array.isArray(body.rotationKeys))
      throw new Error(`the directory answered ${status} about ${did}`);
    return body.rotationKeys.filter((key) => typeof key === 'string');
  },
});

const given = ({ inviteCode, recoveryKey, ...account }: NewAccount): object => ({
  ...account,
  ...(inviteCode === null ? {} : { inviteCode }),
  ...(recoveryKey === null ? {} : { recoveryKey }),
});

function termsIn(pds: string, body: JsonObject): ServerTerms | null {
  const { availableUserDomains: domains, links } = body;
  if (!Array.isArray(domains)) return null;
  const known = isObject(links) ? links : {};
  return {
    pds,
    domains: domains.filter((one): one is string => typeof one === 'string' && DOMAIN.test(one)).slice(0, MAX_DOMAINS),
    needsInvite: body.inviteCodeRequired === true,
    needsPhone: body.phoneVerificationRequired === true,
    termsOfService: webAddress(known.termsOfService),
    privacyPolicy: webAddress(known.privacyPolicy),
  };
}

/** It becomes a link: no other scheme is one. */
function webAddress(value: Json | undefined): string | null {
  const url = typeof value === 'string' && value.length <= 2000 ? URL.parse(value) : null;
  return url && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : null;
}

async function bodyOf(response: Response): Promise<JsonObject> {
  const body = (await response.json().catch(() => null)) as Json;
  return isObject(body) ? body : {};
}

function madeIn(
  status: number,
  { did, handle, error, message }: JsonObject,
): { did: string; handle: string } | NotMade {
  if (status === 200) {
    const isMade = validDid(did) && typeof handle === 'string' && isValidHandle(handle);
    return isMade
      ? { did, handle: handle.toLowerCase() }
      : { failed: 'unknown', message: 'an answer without an account' };
  }
  const words = [error, message].filter((part) => typeof part === 'string').join(': ');
  return { failed: status >= 500 ? 'unknown' : 'refused', message: (words || `it answered ${status}`).slice(0, 300) };
}
