import * as getServiceAuth from '../../../../lexicons/club/commonplace/group/getServiceAuth.ts';
import { groupMethod } from '../../../group.ts';

export default groupMethod(getServiceAuth, ({ params: { aud, lxm, exp }, acting: { group, by }, groups }) =>
  groups.token(group, { audience: aud, method: lxm, expiresAt: exp ?? null }, by),
);
