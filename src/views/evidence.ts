// A record's proof as `verifyRecord` tells it.
import type { AtUriString, CidString, TidString, UriString } from '@atproto/lex';
import type { Evidence } from '../domain/model.ts';
import type { Verification } from '../lexicons/club/commonplace/sync/verifyRecord.ts';
import { datetime } from './time.ts';

export const verificationView = ({ uri, cid, checkedAt, proof, why }: Evidence): Verification => ({
  uri: uri as AtUriString,
  cid: cid as CidString,
  verified: proof !== null,
  checkedAt: datetime(checkedAt),
  ...(proof
    ? {
        evidence: {
          commit: proof.commit as CidString,
          rev: proof.rev as TidString,
          signingKey: proof.signingKey,
          pds: proof.pds as UriString,
        },
      }
    : { reason: (why ?? 'nothing could be proven').slice(0, 300) }),
});
