// What the instance is to a PDS: an OAuth client for each of its hosts, known by the address of its metadata.
import type { OAuthClientMetadataInput } from '@atproto/oauth-client';
import { ALL_SCOPES } from './scopes.ts';

export const METADATA_PATH = '/oauth-client-metadata.json';
export const KEYS_PATH = '/jwks.json';
export const CALLBACK_PATH = '/oauth/callback';

/** A client that is known by its metadata and says who it is with a key. `name` is what people read where they consent. */
export const confidentialClient = (origin: string, name: string): OAuthClientMetadataInput => {
  const https = origin as `https://${string}`;
  return {
    ...{ client_id: `${https}${METADATA_PATH}`, client_name: name, client_uri: https },
    redirect_uris: [`${https}${CALLBACK_PATH}`],
    ...{ response_types: ['code'], grant_types: ['authorization_code', 'refresh_token'], scope: ALL_SCOPES },
    ...{ application_type: 'web', dpop_bound_access_tokens: true },
    ...{ token_endpoint_auth_method: 'private_key_jwt', token_endpoint_auth_signing_alg: 'ES256' },
    jwks_uri: `${https}${KEYS_PATH}`,
  };
};

/** A client on this machine, for development: its id says all there is to it. Its callback must be at 127.0.0.1. */
export function loopbackClient(origin: string): OAuthClientMetadataInput {
  const callback = `${origin}${CALLBACK_PATH}` as `http://127.0.0.1${string}`;
  const query = new URLSearchParams({ redirect_uri: callback, scope: ALL_SCOPES });
  return {
    ...{ client_id: `http://localhost?${query}`, redirect_uris: [callback], scope: ALL_SCOPES },
    ...{ response_types: ['code'], grant_types: ['authorization_code', 'refresh_token'] },
    ...{ application_type: 'native', token_endpoint_auth_method: 'none', dpop_bound_access_tokens: true },
  };
}

/** Which client serves pages at an origin: its own over https, the one of this machine over http. */
export function clientOf(origin: string): string {
  const url = new URL(origin);
  return url.protocol === 'https:' ? url.origin : `http://127.0.0.1${url.port && `:${url.port}`}`;
}
