// Whether a request is the operator's. The one place that looks at the admin token, which is never logged.
import { type Refusal, refuse } from '../domain/outcome.ts';

const BEARER = /^Bearer +([^\s]+)$/i;

/** Null when it is. Without a token in the configuration nobody is the operator. */
export async function refuseUnlessOperator(
  authorization: string | null,
  adminToken: string | null,
): Promise<Refusal | null> {
  if (adminToken === null || adminToken === '') {
    return refuse('AuthenticationRequired', 'this instance has no ADMIN_TOKEN, so it takes no operator commands');
  }
  const given = BEARER.exec(authorization ?? '')?.[1];
  if (given === undefined) {
    return refuse('AuthenticationRequired', 'give the admin token of the instance as "Authorization: Bearer <token>"');
  }
  return (await same(given, adminToken)) ? null : refuse('AuthenticationRequired', 'this is not the admin token');
}

/** Compares hashes, all of them: the time it takes tells neither length nor content. */
async function same(a: string, b: string): Promise<boolean> {
  const [left, right] = await Promise.all([digest(a), digest(b)]);
  let difference = 0;
  for (let i = 0; i < left.length; i++) difference |= (left[i] as number) ^ (right[i] as number);
  return difference === 0;
}

async function digest(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
}
