import type { UriString } from '@atproto/lex';
import * as lexicon from '../../../../lexicons/club/commonplace/admin/createFoundingCode.ts';
import { originOf } from '../../../../views/address.ts';
import { datetime } from '../../../../views/time.ts';
import { procedure } from '../../../method.ts';
import { type OperatorContext, operatorOnly } from '../../../operator.ts';

export default procedure(lexicon, {
  authorize: operatorOnly,
  handler: async (_input, { foundings, instanceHosts: [host = 'localhost'], base }: OperatorContext) => {
    const { code, expiresAt } = await foundings.newCode();
    const url = `${originOf({ hosts: [host] }, base)}/setup?code=${code}` as UriString;
    return { code, url, expiresAt: datetime(expiresAt) };
  },
});
