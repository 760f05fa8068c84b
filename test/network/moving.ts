/** A person moves house: the account migration of the atproto specification, between two local servers. */
import { AtpAgent } from '@atproto/api';
import type { Account, Pds } from './people.ts';

/** Afterwards the account's agent is the one at its new server; the old one holds a deactivated copy. */
export async function moveAccount(account: Account, from: Pds, to: Pds): Promise<void> {
  const { did, handle, password, agent: old } = account;
  const { data: auth } = await old.com.atproto.server.getServiceAuth({
    aud: to.did,
    lxm: 'com.atproto.server.createAccount',
  });
  const agent = new AtpAgent({ service: to.url });
  await agent.com.atproto.server.createAccount(
    { did, handle, password, email: `${handle}@moved.test` },
    { headers: { authorization: `Bearer ${auth.token}` }, encoding: 'application/json' },
  );
  await agent.login({ identifier: did, password });
  await copyData(did, old, agent);
  await pointIdentity(did, from, old, agent);
  await agent.com.atproto.server.activateAccount();
  await old.com.atproto.server.deactivateAccount({});
  account.agent = agent;
}

async function copyData(did: string, old: AtpAgent, agent: AtpAgent): Promise<void> {
  const { data: repo } = await old.com.atproto.sync.getRepo({ did });
  await agent.com.atproto.repo.importRepo(repo, { encoding: 'application/vnd.ipld.car' });
  let cursor: string | undefined;
  do {
    const { data: page } = await agent.com.atproto.repo.listMissingBlobs(cursor === undefined ? {} : { cursor });
    for (const { cid } of page.blobs) {
      const { data: blob, headers } = await old.com.atproto.sync.getBlob({ did, cid });
      await agent.com.atproto.repo.uploadBlob(blob, { encoding: headers['content-type'] ?? '*/*' });
    }
    cursor = page.cursor;
  } while (cursor !== undefined);
}

/** The old server signs the change of address; the token that it would send by e-mail is taken from its database. */
async function pointIdentity(did: string, from: Pds, old: AtpAgent, agent: AtpAgent): Promise<void> {
  const { data: credentials } = await agent.com.atproto.identity.getRecommendedDidCredentials();
  const token = await from.ctx.accountManager.createEmailToken(did as `did:${string}:${string}`, 'plc_operation');
  const { data: signed } = await old.com.atproto.identity.signPlcOperation({ token, ...credentials });
  await agent.com.atproto.identity.submitPlcOperation({ operation: signed.operation });
}
